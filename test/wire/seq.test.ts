import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { seqAdd, seqDiff, seqMax } from '#src/wire/seq.js';

const seq = fc.integer({ min: 0, max: 0xffff_ffff });
const near = fc.integer({ min: -0x7fff_ffff, max: 0x7fff_ffff });

test('differences run over the wrap', () => {
  assert.equal(seqDiff(5, 0xffff_fffb), 10);
  assert.equal(seqDiff(0xffff_fffb, 5), -10);
  assert.equal(seqMax(0xffff_ffff, 0), 0);
});

test('moving on and taking the difference are each other’s opposite', () => {
  fc.assert(
    fc.property(seq, near, (from, step) => {
      const to = seqAdd(from, step);
      assert.ok(to >= 0 && to <= 0xffff_ffff);
      assert.equal(seqDiff(to, from), step);
      assert.equal(seqMax(from, to), step >= 0 ? to : from);
    }),
  );
});
