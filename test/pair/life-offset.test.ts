import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { commonOffset } from '#src/pair/life-offset.js';
import type { Life } from '#src/pair/lives.js';

const SECOND = 1e9;
const BY_FIN = 1;

/** A connection from one second to another that was closed by FIN. */
function life(row: number, begin: number, end: number): Life {
  return {
    row,
    begin: begin * SECOND,
    asked: null,
    answered: null,
    pause: null,
    end: end * SECOND,
    ending: BY_FIN,
  };
}

/** The same lives as a vantage with another clock tells them, each leg passed on within a few milliseconds. */
function seenElsewhere(lives: readonly Life[], offset: number): Life[] {
  return lives.map(({ row, begin, end }) =>
    life(row, (begin ?? 0) / SECOND + offset + 0.003 + (row % 5) / 1000, end / SECOND + offset + 0.001),
  );
}

/** Connections at uneven times, of uneven lengths. */
const uneven = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    life(i, i * 1.37 + ((i * i * 0.173) % 1), i * 1.37 + 2 + ((i * 0.619) % 1.7)),
  );

describe('the one offset on which lives agree', () => {
  it('is found however far the clocks are apart, and with it who is who', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e5, max: 1e5, noNaN: true }), (offset) => {
        const ours = uneven(20);
        const found = commonOffset(ours, seenElsewhere(ours, offset));
        assert.ok(found !== null);
        assert.ok(Math.abs(found.offset / SECOND - offset) < 0.02);
        assert.ok(found.pairs.length > 0 && found.pairs.every(([a, b]) => a.row === b.row));
      }),
    );
  });

  it('is none where connections come at even intervals: every shift fits', () => {
    const ours = Array.from({ length: 20 }, (_, i) => life(i, i * 5, i * 5 + 1));
    assert.equal(commonOffset(ours, seenElsewhere(ours, 0)), null);
  });

  it('is none where lives of other connections are compared', () => {
    const others = Array.from({ length: 20 }, (_, i) =>
      life(i, i * 2.11 + ((i * i * 0.37) % 1), i * 2.11 + 3 + ((i * 0.83) % 1.3)),
    );
    assert.equal(commonOffset(uneven(20), others), null);
  });

  it('is none where too few agree to be more than chance', () => {
    const ours = uneven(3);
    assert.equal(commonOffset(ours, seenElsewhere(ours, 7)), null);
  });
});
