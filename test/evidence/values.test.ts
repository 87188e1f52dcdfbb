import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Values } from '#src/evidence/sorted.js';

describe('values by key', () => {
  it('are counted between two bounds, both included, as a plain count would', () => {
    const small = fc.integer({ min: -5, max: 5 });
    fc.assert(
      fc.property(fc.array(small), small, fc.nat(6), (numbers, from, width) => {
        const to = from + width;
        const values = new Values();
        for (const number of numbers) values.add('key', number);
        const expected = numbers.filter((number) => number >= from && number <= to).length;
        assert.equal(values.between('key', from, to), expected);
      }),
    );
  });

  it('of another key do not count', () => {
    const values = new Values();
    values.add('one', 1);
    assert.equal(values.between('other', 0, 2), 0);
  });

  it('come before the first question', () => {
    const values = new Values();
    values.add('key', 1);
    values.between('key', 0, 2);
    assert.throws(() => values.add('key', 2), /after a question/);
  });
});
