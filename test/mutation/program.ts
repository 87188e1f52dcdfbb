import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/root.js';
import type { Mutants } from './mutant.js';
import type { Failure } from './pool.js';
import { argumentsFor, wrongWith } from './trial.js';

const PATIENCE_MS = 20_000;
const MOST_OUTPUT = 1 << 28;

/** Reads mutants with the program as it is installed, each in a process of its own. */
export function runProgram(numbers: Iterable<number>, mutants: Mutants, folder: string): Failure[] {
  const path = join(folder, 'sample');
  return [...numbers].flatMap((number) => {
    const mutant = mutants.get(number);
    writeFileSync(path, mutant.bytes);
    const program = join(ROOT, 'bin', 'rst-analyze.js');
    const { status, stderr } = spawnSync(process.execPath, [program, ...argumentsFor(mutant, path)], {
      encoding: 'utf8',
      timeout: PATIENCE_MS,
      maxBuffer: MOST_OUTPUT,
    });
    const problem = wrongWith(status, stderr);
    return problem === null ? [] : [{ number, problem: `as a program: ${problem}` }];
  });
}
