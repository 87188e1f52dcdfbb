import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Answer } from './worker.js';

/** What a run of mutants is given. */
export interface PoolOptions {
  readonly seed: number;
  readonly corpus: boolean;
  readonly workers: number;
  /** Where the mutants lie while they are read. */
  readonly folder: string;
  /** The program of a worker; others than the real one are for tests of this file. */
  readonly program?: string;
  /** No answer for this many milliseconds is a hang that has to be ended. */
  readonly hungMs?: number;
}

/** A mutant that was not read as it should be. */
export interface Failure {
  readonly number: number;
  readonly problem: string;
}

/** What a run of mutants came to. */
export interface PoolResult {
  readonly failures: readonly Failure[];
  /** Mutants that looked wrong once, failures among them: a busy machine, or memory that earlier mutants left behind. */
  readonly suspects: number;
  readonly slowest: Pick<Answer, 'number' | 'milliseconds'>;
  readonly peak: number;
}

/** The longest that a mutant may take. */
export const LONGEST_MS = 1000;
const HUNG_MS = 10 * LONGEST_MS;
/** The most that a process may hold while it reads mutants. */
export const MOST_MEMORY = 200 * 2 ** 20;
const WORKER = fileURLToPath(new URL('./worker.js', import.meta.url));

/** Has mutants read in processes of their own. What looks wrong is tried once more, in a fresh process, before it counts. */
export async function runPool(
  numbers: Iterable<number>,
  options: PoolOptions,
  onDone: (done: number) => void = () => {},
): Promise<PoolResult> {
  const suspects: number[] = [];
  const sum = { slowest: { number: 0, milliseconds: 0 }, peak: 0 };
  const queue = numbers[Symbol.iterator]();
  let done = 0;
  const lane = async () => {
    let worker = await startWorker(options);
    for (let next = queue.next(); !next.done; next = queue.next()) {
      const answer = await ask(worker, next.value, options);
      onDone(++done);
      if (wrongAnswer(answer) === null) {
        sum.peak = Math.max(sum.peak, answer.peak);
        if (answer.milliseconds > sum.slowest.milliseconds) sum.slowest = answer;
        continue;
      }
      suspects.push(next.value);
      worker.kill('SIGKILL');
      worker = await startWorker(options);
    }
    worker.disconnect();
  };
  await Promise.all(Array.from({ length: options.workers }, lane));
  return { ...sum, suspects: suspects.length, failures: await confirm(suspects, options) };
}

async function confirm(suspects: readonly number[], options: PoolOptions): Promise<Failure[]> {
  const failures: Failure[] = [];
  for (const number of suspects) {
    const worker = await startWorker(options);
    const problem = wrongAnswer(await ask(worker, number, options));
    worker.kill('SIGKILL');
    if (problem !== null) failures.push({ number, problem });
  }
  return failures;
}

function wrongAnswer({ problem, milliseconds, peak }: Answer): string | null {
  if (problem !== null) return problem;
  if (milliseconds > LONGEST_MS) return `took ${Math.round(milliseconds)} ms`;
  return peak > MOST_MEMORY ? `held ${Math.round(peak / 2 ** 20)} MiB` : null;
}

function startWorker({ seed, corpus, folder, program = WORKER }: PoolOptions): Promise<ChildProcess> {
  const worker = fork(program, [String(seed), corpus ? 'corpus' : 'committed', folder], { silent: true });
  return new Promise((resolve, reject) => {
    worker
      .once('message', () => resolve(worker))
      .once('exit', () => reject(new Error('a worker did not start')));
  });
}

/** Has one mutant read; a worker that dies or says nothing has its own answer. */
function ask(worker: ChildProcess, number: number, { hungMs = HUNG_MS }: PoolOptions): Promise<Answer> {
  return new Promise((resolve) => {
    let said = '';
    const hear = (text: unknown) => {
      said += text;
    };
    const settle = (answer: Answer) => {
      clearTimeout(timer);
      worker.off('message', settle).off('exit', die).stderr?.off('data', hear);
      resolve(answer);
    };
    const fail = (problem: string) => settle({ number, problem, milliseconds: 0, peak: 0 });
    const die = (code: number | null, signal: string | null) => fail(`ended with ${code ?? signal}: ${said}`);
    const timer = setTimeout(() => fail(`hung for ${hungMs} ms`), hungMs);
    worker.on('message', settle).on('exit', die).stderr?.on('data', hear);
    worker.send(number);
  });
}
