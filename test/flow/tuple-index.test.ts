import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { TupleIndex } from '#src/flow/tuple-index.js';

/** Two ends, each an address and a port, and the family. */
type Key = readonly [a: number, aPort: number, b: number, bPort: number, family: number];

/** Few values, so that keys meet again, and some that are alike but for one field. */
const address = fc.oneof(fc.nat({ max: 3 }), fc.constantFrom(0x0a00_0001, 0x8000_0000, 0xffff_ffff));
const port = fc.oneof(fc.nat({ max: 40 }), fc.constantFrom(0x8000, 0xffff));
const key: fc.Arbitrary<Key> = fc.tuple(address, port, address, port, fc.constantFrom(4, 6));

const turned = ([a, aPort, b, bPort, family]: Key): Key => [b, bPort, a, aPort, family];
const nameOf = (one: Key) => [one.join(), turned(one).join()].sort()[0];

/** The same index, kept in a Map; slots are given out as the tracker does, freed ones first. */
class Model {
  readonly index = new TupleIndex();
  readonly slots = new Map<string, { slot: number; key: Key }>();
  readonly free: number[] = [];
  #slots = 0;

  /** Files a key, or takes it out if it is there. */
  toggle(one: Key): void {
    const name = nameOf(one);
    const known = this.slots.get(name);
    assert.equal(this.index.find(...one), known?.slot ?? -1);
    if (known === undefined) {
      const slot = this.free.pop() ?? this.#slots++;
      this.index.add(slot, ...one);
      this.slots.set(name, { slot, key: one });
    } else {
      this.index.remove(...one);
      this.slots.delete(name);
      this.free.push(known.slot);
    }
  }

  /** Every key that is there is found, under its own slot, whichever end is named first. */
  check(): void {
    for (const { slot, key: one } of this.slots.values()) {
      assert.equal(this.index.find(...one), slot);
      assert.equal(this.index.find(...turned(one)), slot);
    }
  }
}

test('keys are found and forgotten as in a Map', () => {
  fc.assert(
    fc.property(fc.array(key, { maxLength: 2000, size: 'max' }), (keys) => {
      const model = new Model();
      for (const one of keys) model.toggle(one);
      model.check();
    }),
    { numRuns: 100 },
  );
});

test('growing and emptying keeps every key findable', () => {
  const model = new Model();
  const keyOf = (i: number): Key => [i, i & 0xffff, ~i >>> 0, (i * 7) & 0xffff, 4];
  for (let i = 0; i < 20_000; i += 1) model.toggle(keyOf(i));
  model.check();
  for (let i = 0; i < 20_000; i += 1) if (i % 7 !== 0) model.toggle(keyOf(i));
  model.check();
  for (let i = 30_000; i < 40_000; i += 1) model.toggle(keyOf(i));
  model.check();
  for (let i = 1; i < 20_000; i += 7) assert.equal(model.index.find(...keyOf(i)), -1);
});
