import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EffectiveTimeout, Policy } from '#src/lb/model.js';
import { checkPolicy } from '#src/policy/check.js';
import { FRONTEND_ID, internalLb, lb } from '../lb/fixtures/azure.js';
import { inbound, load, OUTBOUND, preset } from '../lb/fixtures/load.js';
import { reset, silence } from './judged.js';

const ON = await preset('azure-standard:reset=on');
const OFF = await preset('azure-standard:reset=off');

test('a reset where silence is owed violates the reset flag', () => {
  const check = checkPolicy(reset(), OFF);
  assert.deepEqual([check.status, check.rule], ['violates', 'azure/reset-flag']);
  assert.match(
    check.text,
    /^The load balancer reset the flow, yet TCP reset is off in preset .*: it should have dropped/,
  );
});

test('silence where resets are owed violates the reset flag', () => {
  const check = checkPolicy(silence(), ON);
  assert.deepEqual([check.status, check.rule], ['violates', 'azure/reset-flag']);
  assert.match(check.text, /^The flow was dropped after 300\.0 s idle without a reset, yet TCP reset is on/);
});

test('silence is owed nothing unless the flow was established', () => {
  assert.equal(checkPolicy(silence({ established: false }), ON).status, 'conforms');
  const unknown = checkPolicy(silence({ established: null }), ON);
  assert.equal(unknown.status, 'inconclusive');
  assert.match(unknown.text, /whether the flow was established: one from its start would\.$/);
});

test('a reset before the flow was established violates the promise about that', () => {
  const check = checkPolicy(reset({ established: false }), ON);
  assert.deepEqual([check.status, check.rule], ['violates', 'azure/established-only']);
});

test('a reset at the timer that only one end got is not called a violation', () => {
  const check = checkPolicy(reset({ resetTowardBackend: false }), ON);
  assert.deepEqual([check.status, check.rule], ['inconclusive', 'azure/both-ends']);
  assert.equal(check.observed, 'RST to the client at 240.0 s');
  assert.match(check.text, /^No reset toward the backend was captured, .* it was not sent, or it was lost/);
});

test('an end that was not captured is only mentioned', () => {
  const check = checkPolicy(reset({ resetTowardClient: null }), ON);
  assert.equal(check.status, 'conforms');
  assert.match(check.text, /Whether the client got one too was not captured\.$/);
});

test('an answer to a later segment may go one way, as is promised', () => {
  const check = checkPolicy(reset({ triggered: true, idleSeconds: 300, resetTowardClient: false }), ON);
  assert.equal(check.status, 'conforms');
  assert.match(check.text, /also answers later segments of the expired flow/);
});

test('an idle time that the captures do not show decides nothing', () => {
  const check = checkPolicy(reset({ idleSeconds: null }), ON);
  assert.deepEqual([check.status, check.observed], ['inconclusive', 'RST both ways after unknown idle time']);
});

test('internal HA ports leave open what is owed', async () => {
  const policy = await load({ 'lb.json': internalLb({ protocol: 'All', frontendPort: 0 }) });
  const flow = inbound(80, '10.0.0.4');
  for (const judged of [reset({ flow, idleSeconds: 360 }), silence({ flow, idleSeconds: 400 })]) {
    const check = checkPolicy(judged, policy);
    assert.equal(check.status, 'inconclusive');
    assert.match(check.text, /network virtual appliance/);
  }
});

test('a flow that no rule forwards is not judged', async () => {
  const check = checkPolicy(
    reset({ flow: inbound(80, '10.0.0.4') }),
    await load({ 'lb.json': internalLb() }),
  );
  assert.deepEqual(
    [check.status, check.rule, check.expected],
    ['inconclusive', 'azure/no-matching-rule', 'not known'],
  );
});

test('a weak verdict accuses nobody', () => {
  const check = checkPolicy(reset({ confidence: 0.6 }), OFF);
  assert.equal(check.status, 'inconclusive');
  assert.match(check.text, /The verdict itself is too uncertain to call this a violation\.$/);
});

test('nor does an outbound flow that a NAT gateway may have carried', async () => {
  const out = {
    name: 'out',
    protocol: 'Tcp',
    idleTimeoutInMinutes: 4,
    frontendIPConfigurations: [{ id: FRONTEND_ID }],
  };
  const policy = await load({ 'lb.json': lb({ outboundRules: [out] }) });
  const check = checkPolicy(reset({ flow: OUTBOUND }), policy);
  assert.equal(check.status, 'inconclusive');
  assert.match(check.text, /This is no violation for certain: A NAT gateway/);
});

test('a product that only answers the next segment must not reset by itself', () => {
  const effective: EffectiveTimeout = {
    seconds: 350,
    action: 'rst-sender-on-next',
    rule: 'x/idle',
    considered: [],
    text: 'x.',
    source: { title: 'x', url: 'https://example.com' },
    doubts: [],
  };
  const policy: Policy = {
    model: 'x',
    source: 'x',
    problems: [],
    devices: [],
    ends: { client: {}, backend: {} },
    resolve: () => effective,
    each: () => [effective],
    remedies: () => [],
  };
  assert.equal(checkPolicy(reset({ idleSeconds: 350 }), policy).status, 'violates');
  const answer = checkPolicy(reset({ idleSeconds: 900, triggered: true, resetTowardBackend: false }), policy);
  assert.deepEqual([answer.status, answer.expected], ['conforms', 'RST to the next sender after 350 s']);
  assert.equal(checkPolicy(silence({ idleSeconds: 900 }), policy).status, 'violates');
});

test('on a path, what is silent at its timer does not keep a later device from speaking at its own', async () => {
  const path = (first: string) =>
    load({
      'p.yaml': `policyVersion: 1\npath: [{product: ${first}}, {product: azure-standard, name: front, reset: on}]`,
    });
  const behindSilence = checkPolicy(reset(), await path('nf-conntrack, idle: 200s'));
  assert.deepEqual([behindSilence.status, behindSilence.rule], ['conforms', 'azure/preset']);
  const behindSpeech = checkPolicy(reset(), await path('f5-fastl4, idle: 200s'));
  assert.deepEqual([behindSpeech.status, behindSpeech.rule], ['violates', 'f5-fastl4/idle']);
  assert.match(
    behindSpeech.text,
    /after 240\.0 s idle, 40\.0 s after the effective timeout of 200 s\. It fits the 4 min \(240 s\) of front, which lost/,
  );
});

test('a product that answers only the opening end must not answer the other', async () => {
  const ipvs = await preset('ipvs');
  const answer = { idleSeconds: 950, triggered: true };
  const toClient = checkPolicy(reset({ ...answer, resetTowardBackend: false }), ipvs);
  assert.equal(toClient.status, 'conforms');
  const toBackend = checkPolicy(reset({ ...answer, resetTowardClient: false }), ipvs);
  assert.equal(toBackend.status, 'violates');
  assert.match(toBackend.text, /answers only the end that opened the flow/);
  assert.equal(checkPolicy(silence({ idleSeconds: 950, spokeAfter: 'backend' }), ipvs).status, 'conforms');
  assert.equal(checkPolicy(silence({ idleSeconds: 950, spokeAfter: 'client' }), ipvs).status, 'violates');
});

test('what only forgets whom a flow belongs to is not blamed for a reset, nor asked for one', async () => {
  const conntrack = await preset('nf-conntrack:idle=5m');
  const answered = checkPolicy(reset({ idleSeconds: 400, triggered: true }), conntrack);
  assert.equal(answered.status, 'inconclusive');
  assert.match(answered.text, /^No source says that this product resets an idle flow/);
  assert.equal(checkPolicy(silence({ idleSeconds: 400 }), conntrack).status, 'conforms');
});

test('a product without an idle timer ends nothing by one', async () => {
  const katran = await preset('haproxy');
  const check = checkPolicy(silence(), katran);
  assert.deepEqual([check.status, check.expected], ['violates', 'no idle timeout']);
});

test('a sweep may be late by design', async () => {
  const netscaler = await preset('netscaler:client=180s,server=180s');
  assert.equal(netscaler.resolve(inbound()).lateSeconds, 120);
  assert.equal(checkPolicy(reset({ idleSeconds: 290 }), netscaler).status, 'conforms');
  assert.equal(checkPolicy(reset({ idleSeconds: 320 }), netscaler).status, 'violates');
});
