import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../support/files.js';
import { ROOT } from '../support/root.js';
import { Mutants } from './mutant.js';
import { MUTATORS } from './mutators.js';
import { runPool } from './pool.js';
import { runProgram } from './program.js';
import { sources } from './sources.js';
import { wrongWith } from './trial.js';

/** A part of `npm run mutate` that takes some seconds: of the committed captures only, so that it is the same everywhere. */
const MUTANTS = 800;
const PROGRAM_EVERY = 200;
const SEED = 20_261;
const folder = temporaryFolder();
const committed = sources(false);

test('damaged captures are read, or refused in one line: soon, and in bounded memory', async () => {
  const numbers = Array.from({ length: MUTANTS }, (_, number) => number);
  const workers = Math.min(2, availableParallelism());
  const { failures } = await runPool(numbers, { seed: SEED, corpus: false, workers, folder: folder.path });
  assert.deepEqual(failures, []);
});

test('the program itself ends with 0, 1 or 2, and with one line when it refuses', () => {
  const numbers = Array.from({ length: MUTANTS / PROGRAM_EVERY }, (_, i) => i * PROGRAM_EVERY);
  assert.deepEqual(runProgram(numbers, new Mutants(committed, SEED), folder.path), []);
});

test('crashes, ends, hangs, slow mutants and greedy ones are noticed, and the others are gone on with', async () => {
  const program = join(ROOT, 'build', 'test', 'mutation', 'fake-worker.js');
  const options = { seed: 1, corpus: false, workers: 2, folder: folder.path, program, hungMs: 500 };
  const done: number[] = [];
  const { failures } = await runPool([0, 1, 2, 3, 4, 5, 6, 7], options, (count) => done.push(count));
  assert.equal(done.length, 8);
  assert.deepEqual(failures.map(({ number, problem }) => [number, problem]).sort(), [
    [1, 'crash'],
    [2, 'ended with 9: '],
    [3, 'hung for 500 ms'],
    [4, 'took 1001 ms'],
    [5, 'held 201 MiB'],
  ]);
});

test('a run is right with nothing on standard error, or with exit code 2 and one line there', () => {
  const right: [number, string][] = [
    [0, ''],
    [1, ''],
    [2, 'rst-analyze: a is empty\n'],
  ];
  const wrong: [number | null, string][] = [
    [0, 'warning\n'],
    [2, ''],
    [2, 'rst-analyze: one\nrst-analyze: two\n'],
    [2, 'rst-analyze: this is a bug in rst-analyze, please report it: x\n'],
    [3, ''],
    [null, ''],
  ];
  for (const [code, said] of right) assert.equal(wrongWith(code, said), null);
  for (const [code, said] of wrong) assert.notEqual(wrongWith(code, said), null);
});

test('a mutant is the same whenever it is made, and each kind of damage is done', () => {
  const [once, again] = [new Mutants(committed, SEED), new Mutants(committed, SEED)];
  const stories = Array.from({ length: 300 }, (_, number) => once.get(number).story);
  for (const number of [1, 7, 299]) assert.deepEqual(again.get(number), once.get(number));
  for (const name of [...MUTATORS.map((mutator) => mutator.name), 'gzip', 'zstd'])
    assert.ok(
      stories.some((story) => story.includes(name)),
      name,
    );
});
