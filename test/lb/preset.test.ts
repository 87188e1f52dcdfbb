import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lb } from './fixtures/azure.js';
import { inbound, load, OUTBOUND, preset } from './fixtures/load.js';

test('a bare preset is the product as it ships: 4 minutes, silent', async () => {
  const policy = await preset('azure-standard');
  const effective = policy.resolve(inbound());
  assert.deepEqual(
    [effective.seconds, effective.action, effective.rule],
    [240, 'silent-drop', 'azure/preset'],
  );
  assert.equal(policy.source, 'azure-standard');
  assert.deepEqual(policy.problems, []);
});

test('a preset holds for every inbound flow and says nothing about outbound ones', async () => {
  const policy = await preset('azure-standard:idle=15m,reset=on');
  assert.deepEqual(policy.resolve(inbound(1)), policy.resolve(inbound(65_535, '::1')));
  assert.deepEqual(
    [policy.resolve(inbound()).seconds, policy.resolve(inbound()).action],
    [900, 'rst-both-at-timer'],
  );
  assert.equal(policy.resolve(OUTBOUND).seconds, null);
});

test('a value outside the range is a problem, not an error', async () => {
  const policy = await preset('azure-standard:idle=20s');
  assert.equal(policy.resolve(inbound()).seconds, 20);
  assert.deepEqual(policy.problems, [
    'The idle timeout of preset azure-standard:idle=20s, 20 s, is outside 4 to 100 min (https://learn.microsoft.com/azure/load-balancer/load-balancer-tcp-reset).',
  ]);
});

test('a value above what the API grants is told', async () => {
  const { problems } = await preset('azure-standard:idle=0.75h');
  assert.equal(problems.length, 1);
  assert.match(problems[0], /45 min \(2700 s\), is within .* but above the 30 min/);
});

const BROKEN: Readonly<Record<string, string>> = {
  'azure-standart':
    'azure-standart is neither a file nor a preset (did you mean \'azure-standard\'?); "rst-analyze lb list" shows the presets',
  'alteon:idle=5m': 'alteon:idle=5m is neither a file nor a preset; "rst-analyze lb list" shows the presets',
  'azure-standard:idel=15m':
    'azure-standard:idel=15m: unknown key "idel" (did you mean \'idle\'?); keys are idle, reset, appliance',
  'azure-standard:port=1': 'azure-standard:port=1: unknown key "port"; keys are idle, reset, appliance',
  'azure-standard:idle': 'azure-standard:idle: idle needs a value, as in idle=...',
  'azure-standard:idle=15':
    'azure-standard:idle=15: idle=15 is no duration; give a number above 0 with s, m or h, as in idle=15m',
  'azure-standard:idle=0s':
    'azure-standard:idle=0s: idle=0s is no duration; give a number above 0 with s, m or h, as in idle=15m',
  'azure-standard:reset=yes': 'azure-standard:reset=yes: reset=yes; it is on or off',
  'azure-standard:idle=1m,idle=2m': 'azure-standard:idle=1m,idle=2m: idle is given twice',
};

for (const [text, message] of Object.entries(BROKEN)) {
  test(message, () => assert.rejects(preset(text), { name: 'InputError', message }));
}

test('a preset and a file do not add up', async () => {
  await assert.rejects(load({ 'lb.json': lb() }, ['azure-standard', 'lb.json']), {
    message: 'azure-standard and lb.json describe a load balancer each; give one preset, or its files',
  });
});

test('a file that exists is read whatever it is called', async () => {
  assert.equal((await load({ 'azure-standard': lb() })).source, 'azure-standard');
});
