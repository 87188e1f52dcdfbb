import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { firedAfter, probesIn, sameTimer } from '#src/evidence/probing.js';
import { lastWords, packet, probe } from '../support/packets.js';

const kinds = (timeline: ReturnType<typeof lastWords>) => [...probesIn(timeline).values()];

describe('a segment one below the next number', () => {
  it('is a keepalive where all was acknowledged and the window is open', () => {
    assert.deepEqual(kinds([...lastWords(0), probe(10)]), ['keepalive']);
  });

  it('is a keepalive with one byte of garbage too', () => {
    assert.deepEqual(kinds([...lastWords(0), packet({ at: 10, seq: 999, length: 1 })]), ['keepalive']);
  });

  it('is a window probe where the peer had closed its window', () => {
    const closed = packet({ at: 1, from: 1, window: 0 });
    assert.deepEqual(kinds([...lastWords(0), closed, probe(10), probe(12)]), ['window', 'window']);
  });

  it('is none while data is on its way', () => {
    const data = packet({ at: 1, flags: 'PA', length: 5 });
    assert.deepEqual(kinds([...lastWords(0), data, packet({ at: 2, seq: 1004 })]), []);
  });

  it('is known by the answer where the connection is seen from its middle on', () => {
    const answer = packet({ at: 10.01, from: 1 });
    assert.deepEqual(kinds([probe(10), answer, probe(20)]), ['keepalive']);
  });

  it('is known although the capture lost what its sender had sent before', () => {
    const timeline = [
      packet({ at: 0, seq: 900 }),
      packet({ at: 1, from: 1, ack: 1000 }),
      probe(10),
      probe(20),
    ];
    assert.deepEqual(kinds(timeline), ['keepalive', 'keepalive']);
  });
});

describe('timers that fire late', () => {
  const length = fc.integer({ min: 1, max: 7200 }).map((seconds) => seconds * 1e9);
  const late = fc.double({ min: 0, max: 1 / 8, noNaN: true });

  it('are recognised up to an eighth', () => {
    fc.assert(fc.property(length, late, (timer, share) => firedAfter(timer, timer * (1 + share))));
  });

  it('never fire early', () => {
    fc.assert(fc.property(length, (timer) => !firedAfter(timer, timer * 0.999)));
  });

  it('agree with one another, in either order', () => {
    fc.assert(
      fc.property(length, late, late, (timer, a, b) => {
        const [one, other] = [timer * (1 + a), timer * (1 + b)];
        return sameTimer(one, other) && sameTimer(other, one);
      }),
    );
  });
});
