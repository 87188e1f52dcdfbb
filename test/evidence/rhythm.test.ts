import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { periodOf } from '#src/evidence/rhythm.js';

/** Times in nanoseconds, from seconds; the reset at hand is the one at 0. */
function periodAround(before: readonly number[], after: readonly number[]): number | null {
  const period = periodOf({
    before: before.map((time) => time * 1e9),
    at: 0,
    after: after.map((time) => time * 1e9),
  });
  return period === null ? null : period / 1e9;
}

describe('a rhythm of resets', () => {
  it('has even steps', () => {
    assert.equal(periodAround([-4, -2], [2]), 2);
  });

  it('may miss one beat', () => {
    assert.equal(periodAround([-8, -6, -2], [2]), 2);
  });

  it('then takes one step more to be one', () => {
    assert.equal(periodAround([-6, -2], [2]), null);
  });

  it('is none where more than one beat is missing, or a step is neither one beat nor two', () => {
    assert.equal(periodAround([-10, -6, -2], [4]), null);
    assert.equal(periodAround([-7, -5, -2], [2]), null);
  });

  it('is none of resets that follow each other at once', () => {
    assert.equal(periodAround([-0.2, -0.1], [0.1]), null);
  });
});
