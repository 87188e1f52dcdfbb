import { join } from 'node:path';
import { peakMemory } from '../support/peak-memory.js';
import { Mutants } from './mutant.js';
import { sources } from './sources.js';
import { trial } from './trial.js';

/** What a worker says of a mutant. */
export interface Answer {
  readonly number: number;
  /** What was wrong, or null. */
  readonly problem: string | null;
  readonly milliseconds: number;
  /** Most bytes that the process ever held. */
  readonly peak: number;
}

/** A process that is told numbers of mutants, one at a time, and says how each went. */
const [, , seed, corpus, folder] = process.argv;
const mutants = new Mutants(sources(corpus === 'corpus'), Number(seed));
const path = join(folder, `mutant-${process.pid}`);

process.on('message', async (number: number) => {
  const mutant = mutants.get(number);
  const start = performance.now();
  const problem = await trial(mutant, path);
  const milliseconds = performance.now() - start;
  process.send?.({ number, problem, milliseconds, peak: peakMemory() } satisfies Answer);
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
