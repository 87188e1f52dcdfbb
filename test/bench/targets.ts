import type { ContenderName } from './contenders.js';
import { MEGABYTE } from './quantities.js';
import type { Outcome } from './race.js';
import type { StartUp, StartUpName } from './start-up.js';
import type { WorkName } from './work.js';

/** All that one run of the benchmark measured. */
export interface Measured {
  readonly outcomes: readonly Outcome[];
  readonly startUps: readonly StartUp[];
}

/** What the project wants to reach. */
export interface Target {
  readonly text: string;
  readonly atMost: number;
  readonly unit: 'times' | 'megabytes';
  /** Null where this run did not measure it. */
  readonly value: (measured: Measured) => number | null;
}

export const TARGETS: readonly Target[] = [
  times('small packets, against tcpdump', 3, wallRatio('small', 'rst-analyze', 'tcpdump')),
  times('small packets, against tcptrace', 1 / 8, wallRatio('small', 'rst-analyze', 'tcptrace')),
  times('small packets, against tshark', 1 / 80, wallRatio('small', 'rst-analyze', 'tshark')),
  times('full-size packets, against tcpdump', 2, wallRatio('full', 'rst-analyze', 'tcpdump')),
  times('pair of small packets, against one', 1.3, wallRatio('small', 'rst-analyze, pair', 'rst-analyze')),
  times('pair of full-size packets, against one', 1.3, wallRatio('full', 'rst-analyze, pair', 'rst-analyze')),
  megabytes('memory, 20 000 concurrent, 350 MB', 150, peak('memory')),
  megabytes('memory, 20 000 concurrent, 10 GB', 150, peak('huge')),
  megabytes('memory, 1 M concurrent', 1200, peak('million')),
  times('--help, against node -e 0', 1.5, startRatio('help')),
  times('pair of 20 packets, against node -e 0', 3, startRatio('tiny-pair')),
];

function times(text: string, atMost: number, value: Target['value']): Target {
  return { text, atMost, unit: 'times', value };
}

function megabytes(text: string, atMost: number, value: Target['value']): Target {
  return { text, atMost, unit: 'megabytes', value };
}

function wallRatio(work: WorkName, one: ContenderName, other: ContenderName): Target['value'] {
  return ({ outcomes }) => ratio(wallOf(outcomes, work, one), wallOf(outcomes, work, other));
}

function startRatio(name: StartUpName): Target['value'] {
  return ({ startUps }) => {
    const wall = (wanted: StartUpName) => startUps.find((one) => one.name === wanted)?.wall ?? null;
    return ratio(wall(name), wall('node'));
  };
}

function peak(work: WorkName): Target['value'] {
  return ({ outcomes }) => {
    const bytes = find(outcomes, work, 'rst-analyze')?.usage?.peak ?? null;
    return bytes === null ? null : bytes / MEGABYTE;
  };
}

/** Seconds; null where it was not measured. */
export function wallOf(
  outcomes: readonly Outcome[],
  work: WorkName,
  contender: ContenderName,
): number | null {
  return find(outcomes, work, contender)?.usage?.wall ?? null;
}

/** Null where one of both is not known. */
export function ratio(one: number | null, other: number | null): number | null {
  return one === null || other === null || other === 0 ? null : one / other;
}

function find(outcomes: readonly Outcome[], work: WorkName, contender: ContenderName): Outcome | undefined {
  return outcomes.find((outcome) => outcome.work === work && outcome.contender === contender);
}
