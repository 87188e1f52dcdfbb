import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { joinUnique, type Keyed } from '#src/pair/unique-join.js';

type Row = readonly [number, number, number] | null;

function keyed(rows: readonly Row[]): Keyed {
  return {
    length: rows.length,
    key: (row, key) => {
      key.set(rows[row] ?? [0, 0, 0]);
      return rows[row] !== null;
    },
  };
}

function joined(a: readonly Row[], b: readonly Row[]): [number, number][] {
  const pairs: [number, number][] = [];
  joinUnique(keyed(a), keyed(b), (one, other) => pairs.push([one, other]));
  return pairs;
}

/** The same by definition: keys that exactly one row of each side has. */
function joinedByDefinition(a: readonly Row[], b: readonly Row[]): [number, number][] {
  const alike = (rows: readonly Row[], key: Row) =>
    rows.flatMap((row, i) => (row !== null && row.join() === key?.join() ? [i] : []));
  return a.flatMap((key, i): [number, number][] => {
    const partners = key === null ? [] : alike(b, key);
    return partners.length === 1 && alike(a, key).length === 1 ? [[i, partners[0]]] : [];
  });
}

const word = fc.oneof(fc.nat({ max: 2 }), fc.constantFrom(0x8000_0000, 0xffff_ffff));
const rows = fc.array(fc.option(fc.tuple(word, word, word)), { maxLength: 60 });

test('rows are joined whose key no other row of their side has', () => {
  fc.assert(fc.property(rows, rows, (a, b) => assert.deepEqual(joined(a, b), joinedByDefinition(a, b))));
});

test('more rows than are joined at once are joined all the same, told in the order of the first side', () => {
  const count = 700_000;
  const side = (turn: (row: number) => number): Keyed => ({
    length: count,
    key: (row, key) => {
      key[0] = turn(row);
      return row % 7 !== 0;
    },
  });
  let [expected, pairs] = [0, 0];
  joinUnique(
    side((row) => row),
    side((row) => count - row),
    (a, b) => {
      assert.equal(b, count - a);
      while (expected % 7 === 0 || (count - expected) % 7 === 0) expected += 1;
      assert.equal(a, expected);
      expected += 1;
      pairs += 1;
    },
  );
  assert.ok(pairs > count / 2);
});
