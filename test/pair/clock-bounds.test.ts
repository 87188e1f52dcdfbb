import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Clock } from '#src/pair/clock.js';
import { pairVantages } from '#src/pair/path.js';
import { Crossing, DIRECT } from '../support/crossing.js';
import { CLIENT } from '../support/story.js';

/** One handshake: when it began by the client's clock, and how long its segments travelled, in seconds. */
interface Exchange {
  readonly at: number;
  readonly up: number;
  readonly down: number;
}

interface Case {
  /** Server clock minus client clock when the client's capture began, in seconds. */
  readonly offset: number;
  /** Seconds that the server's clock gains a second. */
  readonly drift: number;
  readonly exchanges: readonly Exchange[];
}

const seconds = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const caseOf = (drift: fc.Arbitrary<number>, delay = seconds(1e-5, 0.05)): fc.Arbitrary<Case> =>
  fc.record({
    offset: seconds(-100, 100),
    drift,
    exchanges: fc.array(fc.record({ at: seconds(0, 3600), up: delay, down: delay }), {
      minLength: 1,
      maxLength: 30,
    }),
  });

/** A clock estimate from the two captures of a case; the server's counts its times from the client's base. */
function estimate({ offset, drift, exchanges }: Case): Clock {
  const crossing = new Crossing();
  const serverTime = (at: number) => at + drift * at + offset;
  const byTime = [...exchanges].sort((a, b) => a.at - b.at);
  for (const [i, { at, up, down }] of byTime.entries()) {
    const port = i + 1;
    const names = { ...DIRECT, client: { ...CLIENT, port }, lbPeer: { ...CLIENT, port } };
    const { client, server } = crossing.both(names, [i, i]);
    client.up({ flags: 'S', at });
    server.up({ flags: 'S', at: serverTime(at + up) });
    server.down({ flags: 'SA', at: serverTime(at + up) });
    client.down({ flags: 'SA', at: at + up + down });
  }
  const { clock } = pairVantages(crossing.client.record('client'), crossing.server.record('server'));
  assert.ok(clock !== null);
  return clock;
}

/** How far a true time may lie from its estimate: what the clock says, and the rounding to nanoseconds. */
const allowed = (clock: Clock) => clock.uncertainty * (1 + 1e-6) + 5;

/** Every time between the first handshake and the last is carried over within the stated bound. */
function holds(one: Case): void {
  const clock = estimate(one);
  const times = one.exchanges.map(({ at }) => at);
  const [from, to] = [Math.min(...times), Math.max(...times)];
  for (const part of [0, 0.1, 0.5, 0.9, 1]) {
    const at = from + part * (to - from);
    const mapped = clock.toClient((at + one.drift * at + one.offset) * 1e9);
    assert.ok(Math.abs(mapped - at * 1e9) <= allowed(clock), `${mapped - at * 1e9} ns off at ${at} s`);
  }
}

test('clocks that run alike: the true offset lies within the bounds', () => {
  fc.assert(
    fc.property(caseOf(fc.constant(0)), (one) => {
      const clock = estimate(one);
      assert.ok(Math.abs(clock.offset - one.offset * 1e9) <= allowed(clock));
      holds(one);
    }),
  );
});

test('clocks that drift: every time between the first handshake and the last lies within the bounds', () => {
  fc.assert(fc.property(caseOf(seconds(-3e-4, 3e-4)), holds), { numRuns: 300 });
});

test('clocks that drift by more than delays can hide: the drift is found', () => {
  const exchanges = Array.from({ length: 60 }, (_, i) => ({ at: 60 * i, up: 0.002, down: 0.002 }));
  const clock = estimate({ offset: 5, drift: 5e-5, exchanges });
  assert.ok(Math.abs(clock.drift - 5e-5) < 2e-6, `${clock.drift}`);
  assert.ok(clock.uncertainty < 5e6, `${clock.uncertainty}`);
});
