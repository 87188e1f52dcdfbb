import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { TupleIndex } from '#src/flow/tuple-index.js';

interface Key {
  readonly low: number;
  readonly high: number;
  readonly ports: number;
  readonly family: number;
}

/** Few values, so that keys meet again, and some that are alike but for one field. */
const key: fc.Arbitrary<Key> = fc.record({
  low: fc.oneof(fc.nat({ max: 3 }), fc.constantFrom(0x0a00_0001, 0xffff_ffff)),
  high: fc.oneof(fc.nat({ max: 3 }), fc.constantFrom(0x8000_0000, 0xffff_ffff)),
  ports: fc.oneof(fc.nat({ max: 2000 }), fc.constantFrom(0xffff_ffff, 0x8000_0000)),
  family: fc.constantFrom(4, 6),
});

/** The same index, kept in a Map; slots are given out as the tracker does, freed ones first. */
class Model {
  readonly index = new TupleIndex();
  readonly slots = new Map<string, number>();
  readonly free: number[] = [];
  #slots = 0;

  /** Files a key, or takes it out if it is there. */
  toggle({ low, high, ports, family }: Key): void {
    const name = [low, high, ports, family].join();
    const slot = this.slots.get(name);
    assert.equal(this.index.find(low, high, ports, family), slot ?? -1);
    if (slot === undefined) {
      const taken = this.free.pop() ?? this.#slots++;
      this.index.add(taken, low, high, ports, family);
      this.slots.set(name, taken);
    } else {
      this.index.remove(slot);
      this.slots.delete(name);
      this.free.push(slot);
    }
  }

  /** Every key that is there is found, under its own slot. */
  check(): void {
    for (const [name, slot] of this.slots) {
      const [low, high, ports, family] = name.split(',').map(Number);
      assert.equal(this.index.find(low, high, ports, family), slot);
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
  const keyOf = (i: number) => ({ low: i, high: ~i >>> 0, ports: Math.imul(i, 65_537) >>> 0, family: 4 });
  for (let i = 0; i < 20_000; i += 1) model.toggle(keyOf(i));
  model.check();
  for (let i = 0; i < 20_000; i += 1) if (i % 7 !== 0) model.toggle(keyOf(i));
  model.check();
  for (let i = 30_000; i < 40_000; i += 1) model.toggle(keyOf(i));
  model.check();
  for (let i = 1; i < 20_000; i += 7)
    assert.equal(model.index.find(i, ~i >>> 0, Math.imul(i, 65_537) >>> 0, 4), -1);
});
