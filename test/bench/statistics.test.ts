import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { median, medianUsage } from './statistics.js';

test('the median is the middle value, or the mean of the middle two', () => {
  assert.equal(median([3]), 3);
  assert.equal(median([9, 1, 5]), 5);
  assert.equal(median([10, 1, 2, 4]), 3);
  assert.throws(() => median([]), RangeError);
});

test('one run that something disturbed does not move the median beyond its neighbours', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1000, noNaN: true }), { minLength: 5, maxLength: 5 }),
      (values) => {
        const sorted = [...values].sort((a, b) => a - b);
        const disturbed = [...sorted.slice(0, 4), 1e9];
        assert.equal(median(disturbed), sorted[2]);
      },
    ),
  );
});

test('each quantity has its own median, of the runs that know it', () => {
  const runs = [
    { wall: 3, cpu: 2, peak: null },
    { wall: 1, cpu: null, peak: null },
    { wall: 2, cpu: 4, peak: null },
  ];
  assert.deepEqual(medianUsage(runs), { wall: 2, cpu: 3, peak: null });
});
