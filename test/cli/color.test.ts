import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ColorLevel, chalkFor, colorLevel } from '#src/cli/color.js';

type Env = Record<string, string>;

const CASES: [string, boolean | undefined, Env, boolean, ColorLevel][] = [
  ['a terminal', undefined, {}, true, 1],
  ['a pipe', undefined, {}, false, 0],
  ['a dumb terminal', undefined, { TERM: 'dumb' }, true, 0],
  ['NO_COLOR', undefined, { NO_COLOR: '1' }, true, 0],
  ['an empty NO_COLOR', undefined, { NO_COLOR: '' }, true, 1],
  ['FORCE_COLOR=0 on a terminal', undefined, { FORCE_COLOR: '0' }, true, 0],
  ['FORCE_COLOR=1 in a pipe', undefined, { FORCE_COLOR: '1' }, false, 1],
  ['FORCE_COLOR=2 in a pipe', undefined, { FORCE_COLOR: '2' }, false, 2],
  ['FORCE_COLOR=3 in a pipe', undefined, { FORCE_COLOR: '3' }, false, 3],
  ['FORCE_COLOR=true', undefined, { FORCE_COLOR: 'true' }, false, 1],
  ['FORCE_COLOR=false', undefined, { FORCE_COLOR: 'false' }, true, 0],
  ['FORCE_COLOR over NO_COLOR', undefined, { FORCE_COLOR: '1', NO_COLOR: '1' }, false, 1],
  ['--color over NO_COLOR', true, { NO_COLOR: '1' }, false, 1],
  ['--color over FORCE_COLOR=0', true, { FORCE_COLOR: '0' }, false, 1],
  ['--color with FORCE_COLOR=3', true, { FORCE_COLOR: '3' }, false, 3],
  ['--no-color over FORCE_COLOR', false, { FORCE_COLOR: '3' }, true, 0],
];
for (const [name, flag, env, isTTY, level] of CASES) {
  test(`${name} means level ${level}`, () => assert.equal(colorLevel({ flag, env, isTTY }), level));
}

test('no colour needs no chalk, colour gets exactly its level', async () => {
  assert.equal(await chalkFor(0), null);
  assert.equal((await chalkFor(2))?.level, 2);
});
