import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkPolicy } from '#src/policy/check.js';
import { lb, pip, rule } from '../lb/fixtures/azure.js';
import { load } from '../lb/fixtures/load.js';
import { reset, silence, survival } from './judged.js';

/** Rule 6 minutes, public IP 4: the public IP wins. */
const DISPUTED = await load({ 'lb.json': lb(), 'pip.json': pip() });
const PRECEDENCE = 'azure/frontend-timeout-wins';

test("a reset at the public IP's value is the precedence at work", () => {
  const check = checkPolicy(reset(), DISPUTED);
  assert.deepEqual([check.status, check.rule], ['conforms', PRECEDENCE]);
  assert.match(check.text, /shop-pip says 4 min \(240 s\), load-balancing rule https 6 min \(360 s\)/);
});

test('a reset at the value that lost names both values, the precedence, its source and its dispute', () => {
  const {
    status,
    rule: id,
    expected,
    observed,
    text,
    level,
    effectiveTimeout,
  } = checkPolicy(reset({ idleSeconds: 360.2 }), DISPUTED);
  assert.equal(level, 'contradiction');
  assert.equal(
    effectiveTimeout?.source.url,
    'https://learn.microsoft.com/azure/load-balancer/load-balancer-tcp-reset',
  );
  assert.deepEqual(
    effectiveTimeout?.settings.map((one) => [one.name, one.seconds, one.won]),
    [
      ['frontend public IP shop-pip', 240, true],
      ['load-balancing rule https', 360, false],
    ],
  );
  assert.deepEqual(
    { status, rule: id, expected, observed, text },
    {
      status: 'violates',
      rule: PRECEDENCE,
      expected: 'RST both ways at 4 min (240 s)',
      observed: 'RST both ways at 360.2 s',
      text:
        'The load balancer reset the flow after 360.2 s idle, 120.2 s after the effective timeout of 4 min (240 s). ' +
        'It fits the 6 min (360 s) of load-balancing rule https, which lost. Frontend public IP shop-pip says 4 min (240 s), load-balancing rule https 6 min (360 s): ' +
        "where they differ, Azure uses the frontend's value (https://learn.microsoft.com/azure/load-balancer/load-balancer-tcp-reset). " +
        "Publicly disputed: a user measured the rule's value whether the public IP's was lower or higher (https://github.com/MicrosoftDocs/azure-docs/issues/107907).",
    },
  );
});

test('so does one that came too early, where the lower value lost', async () => {
  const policy = await load({ 'lb.json': lb(), 'pip.json': pip({ idleTimeoutInMinutes: 8 }) });
  for (const judged of [reset({ idleSeconds: 360 }), silence({ idleSeconds: 400 })]) {
    const check = checkPolicy(judged, policy);
    assert.deepEqual([check.status, check.rule], ['violates', PRECEDENCE]);
    assert.match(
      check.text,
      /before the effective timeout of 8 min \(480 s\)\. It fits the 6 min \(360 s\) of/,
    );
  }
});

test('a flow that survived the winner but not the loser fits the loser', () => {
  assert.match(checkPolicy(survival(), DISPUTED).text, /It fits the 6 min \(360 s\).*issues\/107907/);
  assert.doesNotMatch(checkPolicy(survival({ idleSeconds: 500 }), DISPUTED).text, /fits/);
});

test('a violation that fits neither value does not bring the dispute up', () => {
  const check = checkPolicy(reset({ idleSeconds: 100 }), DISPUTED);
  assert.equal(check.status, 'violates');
  assert.doesNotMatch(check.text, /fits|disputed/);
});

test('times too uncertain to tell winner from loser decide nothing', () => {
  const check = checkPolicy(reset({ idleSeconds: 300, idleUncertaintySeconds: 70 }), DISPUTED);
  assert.equal(check.status, 'inconclusive');
  assert.match(check.text, /fits both the effective timeout of 4 min \(240 s\) and the 6 min \(360 s\)/);
});

test('without the public IP nothing is checked, and the text says what to add', async () => {
  const check = checkPolicy(reset(), await load({ 'lb.json': lb() }));
  assert.deepEqual([check.status, check.expected], ['inconclusive', 'RST both ways at an unknown timeout']);
  assert.match(check.text, /add the output of "az network public-ip show"/);
});

test('but a reset that the rule turns off is one whatever the public IP says', async () => {
  const rules = [rule({ enableTcpReset: false })];
  const check = checkPolicy(reset(), await load({ 'lb.json': lb({ loadBalancingRules: rules }) }));
  assert.deepEqual([check.status, check.rule], ['violates', 'azure/reset-flag']);
});
