import type { CapturePair, Contender, ContenderName } from './contenders.js';
import { type Command, failureOf, type Usage } from './measure.js';
import { medianUsage } from './statistics.js';
import type { Work, WorkName } from './work.js';

/** What one contender took for one piece of work. */
export interface Outcome {
  readonly work: WorkName;
  readonly contender: ContenderName;
  /** In all the captures that it read. */
  readonly packets: number;
  readonly runs: number;
  /** The median of the runs; null when one failed. */
  readonly usage: Usage | null;
  readonly problem: string | null;
}

export interface RaceOptions {
  /** How often a contender runs. */
  readonly runsOf: (contender: Contender) => number;
  readonly measure: (command: Command) => Promise<Usage>;
}

/**
 * Runs all contenders in turns, round by round, so that what else the machine does meets them alike. One that fails
 * runs no more.
 */
export async function race(
  { name, traffic }: Work,
  paths: CapturePair,
  contenders: readonly Contender[],
  { runsOf, measure }: RaceOptions,
): Promise<Outcome[]> {
  const usages = new Map<Contender, Usage[]>(contenders.map((contender) => [contender, []]));
  const problems = new Map<Contender, string>();
  const rounds = Math.max(...contenders.map(runsOf));
  for (let round = 0; round < rounds; round += 1) {
    for (const contender of contenders) {
      if (problems.has(contender) || round >= runsOf(contender)) continue;
      try {
        usages.get(contender)?.push(await measure(contender.command(paths)));
      } catch (error) {
        problems.set(contender, failureOf(error));
      }
    }
  }
  return contenders.map((contender) => {
    const runs = usages.get(contender) ?? [];
    const problem = problems.get(contender) ?? null;
    return {
      work: name,
      contender: contender.name,
      packets: traffic.packets * contender.captures,
      runs: runs.length,
      usage: problem === null ? medianUsage(runs) : null,
      problem,
    };
  });
}
