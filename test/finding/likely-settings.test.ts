import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { likelySetting } from '#src/finding/likely-settings.js';

describe('the setting that a late timer was likely made with', () => {
  it('is what was measured of the kernel’s timers', () => {
    const measured = [
      [1.024, 1],
      [10.24, 10],
      [20.48, 20],
      [45.06, 45],
      [61.44, 60],
      [101.1, 100],
      [157.4, 150],
      [206.1, 200],
      [7203.2, 7200],
    ];
    for (const [observed, setting] of measured) assert.equal(likelySetting(observed), setting);
  });

  it('is not known where no likely one fits', () => {
    assert.equal(likelySetting(141.5), null);
    assert.equal(likelySetting(0.4), null);
  });

  it('is never longer than what was observed, nor shorter by more than an eighth', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 8000, noNaN: true }), (observed) => {
        const setting = likelySetting(observed);
        return setting === null || (setting <= observed + 0.01 && observed <= setting * 1.13 + 0.06);
      }),
    );
  });
});
