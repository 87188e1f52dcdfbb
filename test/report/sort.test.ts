import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orderNamed, SORT_KEYS } from '#src/report/sort.js';
import { fullResult } from './sample.js';

const ids = (word: string) => orderNamed(word)(fullResult()).findings.map(({ id }) => id);

test('by idle time, the unknown first, and turned round', () => {
  assert.equal(ids('idle')[0], 'F5');
  assert.deepEqual(ids('idle:desc')[0], 'F4');
});

test('by policy: what violates it last, or first', () => {
  assert.equal(ids('policy:desc')[0], 'F1');
});

test('what is equal stays in its order, and nothing is lost', () => {
  const given = fullResult().findings;
  for (const key of SORT_KEYS) assert.deepEqual([...ids(key)].sort(), given.map(({ id }) => id).sort());
  const harmless = given.filter(({ impact }) => impact === 'harmless').map(({ id }) => id);
  assert.deepEqual(ids('impact').slice(0, harmless.length), harmless);
});

test('an unknown key is refused with those that there are', () => {
  assert.throws(
    () => orderNamed('idel'),
    /--sort does not know 'idel' \(did you mean 'idle'\?\); it takes time, idle/,
  );
  assert.throws(() => orderNamed('idle:up'), /does not know 'idle:up'/);
});
