import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Clock } from '#src/pair/clock.js';
import { pairVantages } from '#src/pair/path.js';
import { Crossing, DIRECT } from '../support/crossing.js';
import { CLIENT } from '../support/story.js';

const SECOND = 1e9;
/** When the clock is set, in true seconds. */
const SET_AT = 30;
const EVERY = 0.5;
const EXCHANGES = 120;

interface Case {
  readonly offset: number;
  readonly by: number;
  readonly which: 'client' | 'server';
  readonly delay: number;
  /** When the server's segments stop arriving. */
  readonly silentFrom?: number;
}

/** What a clock that is set once shows at a true time. */
function clockOf(one: Case, which: 'client' | 'server', at: number): number {
  const ahead = which === 'server' ? one.offset : 0;
  return at + ahead + (one.which === which && at >= SET_AT ? one.by : 0);
}

/** One connection with data both ways all the time, and the estimate from both captures of it. */
function estimate(one: Case): Clock {
  const crossing = new Crossing();
  const atClient = (at: number) => ({ at: 1000 + clockOf(one, 'client', at) });
  const atServer = (at: number) => ({ at: 1000 + clockOf(one, 'server', at) });
  for (let i = 0; i < EXCHANGES; i += 1) {
    const port = i + 1;
    const names = { ...DIRECT, client: { ...CLIENT, port }, lbPeer: { ...CLIENT, port } };
    const { client, server } = crossing.both(names, [i, i]);
    const at = i * EVERY;
    client.up({ flags: 'S', ...atClient(at) });
    server.up({ flags: 'S', ...atServer(at + one.delay) });
    if (at >= (one.silentFrom ?? Number.POSITIVE_INFINITY)) continue;
    server.down({ flags: 'SA', ...atServer(at + one.delay) });
    client.down({ flags: 'SA', ...atClient(at + 2 * one.delay) });
  }
  const { clock } = pairVantages(crossing.client.record('client'), crossing.server.record('server'));
  assert.ok(clock !== null);
  return clock;
}

/** Every time that the server's clock tells once is carried over within the bounds. */
function holds(one: Case, clock: Clock): void {
  for (let at = one.delay; at < EVERY * EXCHANGES - 1; at += 0.37) {
    if (Math.abs(at - SET_AT) <= Math.abs(one.by) + EVERY + 2 * one.delay) continue;
    const mapped = clock.toClient((1000 + clockOf(one, 'server', at)) * SECOND) / SECOND - 1000;
    const off = Math.abs(mapped - clockOf(one, 'client', at)) * SECOND;
    assert.ok(off <= clock.uncertainty * (1 + 1e-6) + 5, `${off} ns off at ${at} s`);
  }
}

const sizes = fc.oneof(
  fc.double({ min: 0.2, max: 5, noNaN: true }),
  fc.double({ min: -5, max: -0.2, noNaN: true }),
);

test('a clock that is set once: both parts lie within the bounds, and those are half a round trip', () => {
  fc.assert(
    fc.property(
      fc.record({
        offset: fc.double({ min: -100, max: 100, noNaN: true }),
        by: sizes,
        which: fc.constantFrom('client' as const, 'server' as const),
        delay: fc.double({ min: 1e-4, max: 0.02, noNaN: true }),
      }),
      (one) => {
        const clock = estimate(one);
        assert.equal(clock.steps.length, 1);
        const by = one.which === 'server' ? one.by : -one.by;
        assert.ok(Math.abs((clock.steps[0]?.by ?? 0) - by * SECOND) <= 2 * clock.uncertainty + 5);
        assert.ok(clock.uncertainty <= 2 * one.delay * SECOND + LEVEL);
        holds(one, clock);
      },
    ),
    { numRuns: 40 },
  );
});

/** What an undetected drift could add over a minute of handshakes. */
const LEVEL = 1e6;

test('a clock that nobody set has no steps', () => {
  const clock = estimate({ offset: 3, by: 0, which: 'server', delay: 0.01 });
  assert.deepEqual(clock.steps, []);
});

test('a clock that is set while only one direction is heard is found by what is suddenly and lastingly late', () => {
  const one: Case = { offset: 3, by: 2, which: 'server', delay: 0.01, silentFrom: SET_AT - 2 };
  const clock = estimate(one);
  assert.equal(clock.steps.length, 1);
  holds(one, clock);
});
