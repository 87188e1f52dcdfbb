import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chainOf } from '#src/lb/chain.js';
import { load } from './fixtures/load.js';

const path = (...devices: string[]) =>
  load({ 'p.yaml': ['policyVersion: 1', 'path:', ...devices.map((device) => `  - ${device}`)].join('\n') });

test('the chain shows every timer, who fires first, and one keepalive for all where nothing ends TCP', async () => {
  const policy = await path(
    '{product: gcp-cloud-nat}',
    '{product: azure-standard, name: front, idle: 15m, reset: on}',
    '{product: kube-proxy}',
  );
  const { devices, text } = chainOf(policy);
  assert.deepEqual(
    devices.map(({ device, seconds, atExpiry, countsKeepalives }) => [
      device,
      seconds,
      atExpiry,
      countsKeepalives,
    ]),
    [
      ['gcp-cloud-nat', 1200, 'silent drop', true],
      ['front', 900, 'RST at the timer', true],
      ['kube-proxy', 86_400, 'entry forgotten, the next packet may go elsewhere', true],
    ],
  );
  assert.deepEqual(text, [
    'front fires first, after 15 min (900 s): RST at the timer.',
    'Either end has to send keepalives at most every 12 min (720 s).',
  ]);
});

test('keepalives end at a proxy: each side of it needs its own', async () => {
  const policy = await path(
    '{product: aws-nlb}',
    '{product: nginx-stream, idle: 5m}',
    '{product: nf-conntrack, idle: 10m}',
  );
  assert.deepEqual(chainOf(policy).text, [
    'nginx-stream fires first, after 5 min (300 s): FIN on both legs.',
    'The client has to send keepalives at most every 280 s, and application data at least every 4 min (240 s), as nginx-stream does not count keepalives.',
    'The backend has to send keepalives at most every 8 min (480 s), and application data at least every 4 min (240 s), as nginx-stream does not count keepalives.',
  ]);
});

test('a timer that is not known, and one that never fires, are said', async () => {
  const policy = await path('{product: aws-security-group}', '{product: katran}', '{product: aws-nlb}');
  const { devices, text } = chainOf(policy);
  assert.deepEqual(
    devices.map(({ seconds, atExpiry }) => [seconds, atExpiry]),
    [
      [null, 'silent drop'],
      [null, 'never fires'],
      [350, 'silent, then RST on the next packet'],
    ],
  );
  assert.equal(text[1], 'The timer of aws-security-group is not known and may be shorter.');
  assert.deepEqual(chainOf(await path('{product: katran}')).text, [
    'No device on this path has an idle timer that is known.',
  ]);
});
