import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Sighting, SightingList } from '#src/pair/sightings.js';

const SECOND = 1e9;
/** More than are kept one by one, over an hour, no two alike. */
const MANY: readonly Sighting[] = Array.from({ length: 200_000 }, (_, i) => ({
  at: ((i * 7919) % 200_000) * 0.018 * SECOND,
  difference: 5e6 + ((i * 104_729) % 200_003),
}));

function listed(sightings: readonly Sighting[], closest: 1 | -1): SightingList {
  const list = new SightingList(closest, 3600 * SECOND);
  for (const { at, difference } of sightings) list.add(at, difference);
  return list;
}

test('a few sightings are all kept, as they came', () => {
  const few = MANY.slice(0, 1000);
  assert.deepEqual(listed(few, 1).all, few);
});

test('of very many those stay that bound the clock most closely, in the order of time', () => {
  for (const closest of [1, -1] as const) {
    const list = listed(MANY, closest);
    assert.equal(list.count, MANY.length);
    assert.ok(list.all.length < MANY.length / 10);
    assert.ok(list.all.every(({ at }, i) => i === 0 || at > list.all[i - 1].at));
    for (const kept of list.all.slice(0, 50))
      assert.ok(MANY.some((one) => one.at === kept.at && one.difference === kept.difference));
    const best = (all: readonly Sighting[]) =>
      all.reduce((a, b) => (closest * (b.difference - a.difference) < 0 ? b : a));
    assert.deepEqual(best(list.all), best(MANY));
  }
});

test('what is kept of very many reaches as far as they do', () => {
  const { all } = listed(MANY, 1);
  const stretch = (3600 * SECOND) / all.length;
  assert.ok(all[0].at <= stretch);
  assert.ok((all.at(-1) as Sighting).at >= 3600 * SECOND - 2 * stretch);
});
