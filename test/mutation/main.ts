import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Mutants } from './mutant.js';
import { type Failure, LONGEST_MS, MOST_MEMORY, type PoolResult, runPool } from './pool.js';
import { runProgram } from './program.js';
import { sources } from './sources.js';

/**
 * `npm run mutate -- [--mutants 100000] [--seed 1] [--only <number>] [--keep <folder>] [--workers n] [--no-corpus]`:
 * reads damaged captures, and says which of them it did not take as it should. A number and a seed make the same mutant
 * as long as the captures are the same ones.
 */
const { values } = parseArgs({
  options: {
    mutants: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    keep: { type: 'string' },
    workers: { type: 'string', default: String(availableParallelism()) },
    'no-corpus': { type: 'boolean', default: false },
  },
});

const PROGRAM_RUNS = 100;
const MEBIBYTE = 2 ** 20;
const TOLD_EVERY = 5000;

const seed = Number(values.seed);
const corpus = !values['no-corpus'];
const all = sources(corpus);
const mutants = new Mutants(all, seed);
const count = Number(values.mutants);
const folder = mkdtempSync(join(tmpdir(), 'rst-analyze-mutants-'));

function* upTo(end: number, step = 1): Generator<number> {
  for (let number = 0; number < end; number += step) yield number;
}

function keep({ number, problem }: Failure): void {
  const { story, bytes } = mutants.get(number);
  console.log(`\nmutant ${number} of seed ${seed} (${story})\n  ${problem}`);
  if (values.keep === undefined) return;
  mkdirSync(values.keep, { recursive: true });
  writeFileSync(join(values.keep, `seed-${seed}-mutant-${number}`), bytes);
  const again = `npm run mutate -- --seed ${seed} --only ${number}${corpus ? '' : ' --no-corpus'}`;
  writeFileSync(join(values.keep, `seed-${seed}-mutant-${number}.txt`), `${story}\n${problem}\n${again}\n`);
}

function summary({ slowest, peak, suspects }: PoolResult, seconds: number): string {
  return [
    `slowest: mutant ${slowest.number} in ${Math.round(slowest.milliseconds)} ms (at most ${LONGEST_MS})`,
    `most memory: ${Math.round(peak / MEBIBYTE)} MiB (at most ${MOST_MEMORY / MEBIBYTE})`,
    `${suspects} tried twice`,
    `${Math.round(seconds)} s`,
  ].join(', ');
}

const numbers = values.only === undefined ? upTo(count) : [Number(values.only)];
const sample =
  values.only === undefined ? upTo(count, Math.max(1, Math.floor(count / PROGRAM_RUNS))) : numbers;
const what = values.only === undefined ? `${count} mutants` : `mutant ${values.only}`;
console.log(`${what} of ${all.length} captures, seed ${seed}`);
const start = performance.now();
const result = await runPool(numbers, { seed, corpus, workers: Number(values.workers), folder }, (done) => {
  if (done % TOLD_EVERY === 0) console.log(`${done} done`);
});
const failures = [...result.failures, ...runProgram(sample, mutants, folder)];
rmSync(folder, { recursive: true, force: true });
for (const failure of failures) keep(failure);
console.log(`\n${failures.length} failures; ${summary(result, (performance.now() - start) / 1000)}`);
process.exitCode = failures.length === 0 ? 0 : 1;
