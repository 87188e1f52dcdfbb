import assert from 'node:assert/strict';
import { test } from 'node:test';
import { habitExposure } from '#src/policy/exposure/habit.js';
import { CONFIG_CHECKS } from '#src/policy/exposure/registry.js';
import { inbound, load, preset } from '../lb/fixtures/load.js';

/** What the checks find in a policy file of these lines: ids and texts. */
async function found(...lines: string[]): Promise<[string, string][]> {
  const policy = await load({ 'p.yaml': ['policyVersion: 1', ...lines].join('\n') });
  return CONFIG_CHECKS.flatMap((check) =>
    check.run(policy).map(({ text }): [string, string] => [check.id, text]),
  );
}

test('a keepalive equal to the timeout is exposed, a shorter one is not', async () => {
  const at = (keepalive: string) =>
    found(`client: {keepalive: ${keepalive}}`, 'path: [{product: azure-standard, idle: 5m}]');
  assert.deepEqual(await at('4m'), []);
  assert.deepEqual(await at('300s'), [
    [
      'keepalive/not-below-timeout',
      'The client sends TCP keepalives every 5 min (300 s), equal to the 5 min (300 s) after which azure-standard gives an idle flow up: they do not protect it.',
    ],
  ]);
  assert.match((await at('10m'))[0][1], /longer than the 5 min/);
  assert.match((await at('298s'))[0][1], /hardly below the 5 min/);
});

test('a keepalive reaches up to the next proxy, and is not counted by it', async () => {
  const exposures = await found(
    'client: {keepalive: 30s}',
    'backend: {keepalive: 20m}',
    'path: [{product: aws-nlb}, {product: aws-alb}, {product: nf-conntrack, idle: 15m}]',
  );
  assert.deepEqual(
    exposures.map(([id]) => id),
    ['keepalive/not-below-timeout', 'keepalive/not-counted', 'keepalive/not-counted'],
  );
  assert.match(exposures[0][1], /^The backend sends .* nf-conntrack/);
  assert.match(
    exposures[1][1],
    /^The client sends .* but aws-alb counts only data: after 1 min \(60 s\) without/,
  );
});

test('a backend that closes kept connections before the proxy does', async () => {
  const at = (idle: string) => found(`backend: {idle: ${idle}}`, 'path: [{product: aws-alb}]');
  assert.deepEqual(await at('65s'), []);
  assert.deepEqual(await at('5s'), [
    [
      'chain/backend-closes-first',
      'The backend closes connections after 5 s without a request, aws-alb only after 1 min (60 s): a request sent in that moment is answered with a reset.',
    ],
  ]);
  assert.equal((await at('60s')).length, 1);
});

test('a silent device that fires before the one that tells', async () => {
  const exposures = await found(
    'path: [{product: azure-standard, idle: 30m, reset: on}, {product: nf-conntrack, idle: 10m}]',
  );
  assert.deepEqual(exposures, [
    [
      'chain/silent-timer-first',
      'On this path, azure-standard 30 min (1800 s), nf-conntrack 10 min (600 s): nf-conntrack forgets a flow after 10 min (600 s) without a word, before azure-standard would tell the ends at 30 min (1800 s).',
    ],
  ]);
  assert.deepEqual(
    await found('path: [{product: azure-standard, idle: 5m, reset: on}, {product: nf-conntrack}]'),
    [],
  );
});

test('gRPC pings between the timer and the floor of the server', async () => {
  const at = (ping: string, floor = '') =>
    found(`client: {grpcPing: ${ping}}`, `backend: {${floor}}`, 'path: [{product: azure-standard}]');
  assert.deepEqual(
    (await at('2m')).map(([id]) => id),
    ['keepalive/grpc-floor'],
  );
  assert.match((await at('2m'))[0][1], /the server accepts one every 5 min \(300 s\).* too_many_pings/);
  assert.match((await at('5m'))[0][1], /No interval is below that and at least the 5 min/);
  assert.deepEqual(await at('2m', 'grpcMinPing: 1m'), []);
});

test("F5's own keepalive comes after its own timer, unless that was raised", async () => {
  assert.deepEqual(
    (await found('path: [{product: f5-standard}]')).map(([id]) => id),
    ['keepalive/own-after-timeout'],
  );
  assert.deepEqual(await found('path: [{product: f5-standard, idle: 1h}]'), []);
});

test('haproxy with unequal sides and no tunnel timeout', async () => {
  const at = (...keys: string[]) => found(`path: [{product: haproxy, ${keys.join(', ')}}]`);
  assert.deepEqual(
    (await at('client: 1m', 'server: 5m')).map(([id]) => id),
    ['chain/unequal-legs'],
  );
  assert.deepEqual(await at('client: 5m', 'server: 5m'), []);
  assert.deepEqual(await at('client: 1m', 'server: 5m', 'tunnel: 1h'), []);
});

test('every check says what it is about', () => {
  for (const { documentation, id } of CONFIG_CHECKS) assert.ok(documentation.length > 80, id);
});

test('keepalives that were seen are held against the timer of their own flow', async () => {
  const habit = (intervalSeconds: number) => ({
    end: 'client' as const,
    intervalSeconds,
    lastTime: 0,
    frames: [{ vantage: 'client', frame: 9 }],
  });
  const azure = await preset('azure-standard');
  const seen = (seconds: number) => habitExposure(habit(seconds), azure, inbound(), 0)?.check.id ?? null;
  assert.deepEqual(
    [seen(60), seen(240.2), seen(300)],
    [null, 'keepalive/not-below-timeout', 'keepalive/not-below-timeout'],
  );
  const alb = await preset('aws-alb');
  assert.equal(habitExposure(habit(20), alb, inbound(), 0)?.check.id, 'keepalive/not-counted');
  const unknown = await preset('avi-fast-path');
  assert.equal(habitExposure(habit(900), unknown, inbound(), 0), null);
});
