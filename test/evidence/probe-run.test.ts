import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { failedProbes, patienceOf, sentIn } from '#src/evidence/probe-run.js';
import type { Packet } from '#src/evidence/timeline.js';
import { lastWords, packet, pathSeenAt, probe, reset } from '../support/packets.js';

const SECOND = 1e9;
const NEAR = pathSeenAt('client', 'server');
const FAR = pathSeenAt('server');

/** Last words at 0, probes at these seconds, the RST at the last of them. */
function run(times: readonly number[], path = NEAR) {
  const probes = times.slice(0, -1).map((at) => probe(at));
  return failedProbes([...lastWords(0), ...probes], reset(times.at(-1) ?? 0), path);
}

describe('probes that nobody answered', () => {
  it('tell the first wait, the interval and their count', () => {
    const found = run([5, 7, 9, 11]);
    assert.ok(found);
    assert.equal(found.rhythm, 'even');
    assert.deepEqual([found.wait, found.interval, sentIn(found)], [5 * SECOND, 2 * SECOND, 3]);
    assert.equal(patienceOf(found), 11 * SECOND);
  });

  it('are none where the last of them was answered', () => {
    const timeline = [...lastWords(0), probe(5), probe(7), packet({ at: 7.1, from: 1 })];
    assert.equal(failedProbes(timeline, reset(9), NEAR), null);
  });

  it('begin after the last answer', () => {
    const timeline = [...lastWords(0), probe(5), packet({ at: 5.1, from: 1 }), probe(10), probe(12)];
    assert.equal(failedProbes(timeline, reset(14), NEAR)?.probes.length, 2);
  });

  it('are none where the peer had closed its window', () => {
    const timeline = [...lastWords(0), packet({ at: 1, from: 1, window: 0 }), probe(5), probe(7)];
    assert.equal(failedProbes(timeline, reset(9), NEAR), null);
  });

  it('have no rhythm where their sender reset at another time', () => {
    assert.equal(run([5, 7, 9, 9.4])?.rhythm, 'uneven');
  });

  it('are counted with those that the capture lost', () => {
    const found = run([5, 7, 11, 13]);
    assert.ok(found);
    assert.equal(found.rhythm, 'holes');
    assert.equal(sentIn(found), 4);
  });

  it('keep their rhythm by their sender’s own clock where that of the capture was set', () => {
    const timeline = [...lastWords(0), probe(5, 'client', 5000), probe(37, 'client', 7000)];
    const found = failedProbes(timeline, reset(39, 'both', 9000), NEAR);
    assert.deepEqual([found?.rhythm, found?.interval], ['even', 2 * SECOND]);
  });

  it('show whatever the timers, and however late these fire', () => {
    const settings = fc.record({
      time: fc.integer({ min: 1, max: 7200 }),
      interval: fc.integer({ min: 1, max: 75 }),
      late: fc.array(fc.double({ min: 0, max: 0.12, noNaN: true }), { minLength: 2, maxLength: 9 }),
    });
    fc.assert(
      fc.property(settings, ({ time, interval, late }) => {
        let at = time;
        const times = [at, ...late.map((share) => (at += interval * (1 + share)))];
        const found = run(times);
        return found?.rhythm === 'even' && sentIn(found) === late.length;
      }),
    );
  });

  it('never double: that is how windows are asked for', () => {
    const backoff = fc.record({
      first: fc.double({ min: 0.2, max: 20, noNaN: true }),
      steps: fc.integer({ min: 2, max: 6 }),
    });
    fc.assert(
      fc.property(backoff, ({ first, steps }) => {
        const times = Array.from({ length: steps + 1 }, (_, i) => 5 + first * 2 ** i);
        return run(times)?.rhythm === 'uneven';
      }),
    );
  });
});

describe('probes that were answered far from their sender', () => {
  const answered = (times: readonly number[]): Packet[] => [
    ...lastWords(0),
    ...times.flatMap((at) => [probe(at, 'server'), packet({ at: at + 0.01, from: 1, seen: 'server' })]),
  ];

  it('went unheard where they repeat at another pace than they began, up to the RST', () => {
    const found = failedProbes(answered([8, 11]), reset(14, 'server'), FAR);
    assert.ok(found?.answersUnheard);
    assert.equal(sentIn(found), 2);
  });

  it('may have been heard where they repeat as they began', () => {
    assert.equal(failedProbes(answered([8, 16]), reset(24, 'server'), FAR), null);
  });

  it('were heard where the RST came at another time', () => {
    assert.equal(failedProbes(answered([8, 11]), reset(11.5, 'server'), FAR), null);
  });

  it('were heard where the capture near their sender shows the answers', () => {
    const timeline = [
      ...lastWords(0),
      ...[8, 11].flatMap((at) => [probe(at, 'both'), packet({ at: at + 0.01, from: 1 })]),
    ];
    assert.equal(failedProbes(timeline, reset(14), NEAR), null);
  });
});
