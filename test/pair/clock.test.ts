import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pairVantages } from '#src/pair/path.js';
import { Crossing, DIRECT } from '../support/crossing.js';

const SECOND = 1_000_000_000n;
const MILLISECOND = 1e6;

/** One handshake; the server's capture begins `serverBegan` after the client's, by their own clocks. */
function handshake({ up = 0.004, down = 0.006, serverBegan = 0n }): Crossing & { readonly base: bigint } {
  const crossing = new Crossing();
  const { client, server } = crossing.both(DIRECT, [7, 8]);
  client.up({ flags: 'S', at: 1 });
  server.up({ flags: 'S', at: 1 + up });
  server.down({ flags: 'SA', at: 1 + up });
  client.down({ flags: 'SA', at: 1 + up + down });
  return Object.assign(crossing, { base: serverBegan });
}

const clockOf = (crossing: Crossing, base = 0n) =>
  pairVantages(crossing.client.record('client', SECOND), crossing.server.record('server', SECOND + base))
    .clock;

test('one handshake bounds the offset by half its round trip', () => {
  const clock = clockOf(handshake({}));
  assert.ok(clock !== null);
  assert.equal(clock.offset, -1 * MILLISECOND);
  assert.ok(clock.uncertainty >= 5 * MILLISECOND && clock.uncertainty < 5.1 * MILLISECOND);
  assert.deepEqual([clock.drift, clock.samples], [0, 2]);
});

test('an offset of hours is found as exactly as one of milliseconds', () => {
  const clock = clockOf(handshake({}), 7200n * SECOND);
  assert.equal(clock?.offset, 7200e9 - 1 * MILLISECOND);
});

test('times of the server’s capture are carried to the client’s time line', () => {
  const clock = clockOf(handshake({}), 7200n * SECOND);
  assert.equal(clock?.toClient(1e9), 1.001e9);
});

test('one direction alone bounds nothing', () => {
  const crossing = new Crossing();
  const { client, server } = crossing.both(DIRECT, [7, 8]);
  client.up({ flags: 'S' });
  server.up({ flags: 'S' });
  assert.equal(clockOf(crossing), null);
});

test('captures that share no connection have no common clock', () => {
  const crossing = new Crossing();
  crossing.both(DIRECT, [7, 8]).client.handshake();
  crossing.both(DIRECT, [9, 10]).server.handshake();
  assert.equal(clockOf(crossing), null);
});

test('a capture without frames has no clock', () => {
  const crossing = new Crossing();
  crossing.both(DIRECT, [7, 8]).client.handshake();
  assert.equal(clockOf(crossing), null);
});

test('a SYN that the path lost once bounds the offset less, and wrongly never', () => {
  const crossing = new Crossing();
  const { client, server } = crossing.both(DIRECT, [7, 8]);
  client.up({ flags: 'S', at: 1 });
  client.up({ flags: 'S', at: 2, seq: 7 });
  server.up({ flags: 'S', at: 2.01 });
  server.down({ flags: 'SA', at: 2.01 });
  client.down({ flags: 'SA', at: 2.02 });
  const clock = clockOf(crossing);
  assert.ok(clock !== null);
  assert.ok(Math.abs(clock.offset) <= clock.uncertainty);
});
