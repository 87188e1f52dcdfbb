import { type CapturePair, rstAnalyze } from './contenders.js';
import { type Command, measure } from './measure.js';
import { median } from './statistics.js';
import { SEED } from './work.js';

/** How long a command takes that has next to nothing to do. */
export interface StartUp {
  readonly name: StartUpName;
  readonly title: string;
  readonly runs: number;
  /** Seconds, the median. */
  readonly wall: number;
}

export type StartUpName = 'node' | 'help' | 'tiny-pair';

/** So few milliseconds need more runs than minutes do. */
const RUNS_FOR_ONE = 4;

/** Two connections at a time, and one reset. */
export const TINY_TRAFFIC = {
  packets: 20,
  concurrent: 2,
  packetSize: 'small',
  resetShare: 1,
  seed: SEED,
} as const;

export async function measureStartUp(
  { client, server }: CapturePair,
  runs: number,
  signal: AbortSignal,
): Promise<StartUp[]> {
  const commands: readonly { name: StartUpName; title: string; command: Command }[] = [
    { name: 'node', title: 'node -e 0', command: [process.execPath, '-e', '0'] },
    { name: 'help', title: 'rst-analyze --help', command: rstAnalyze('--help') },
    { name: 'tiny-pair', title: 'rst-analyze, pair of 20 packets', command: rstAnalyze(client, server) },
  ];
  const walls = new Map<StartUpName, number[]>(commands.map(({ name }) => [name, []]));
  for (let round = 0; round < runs * RUNS_FOR_ONE; round += 1) {
    for (const { name, command } of commands) walls.get(name)?.push((await measure(command, signal)).wall);
  }
  return commands.map(({ name, title }) => {
    const taken = walls.get(name) ?? [];
    return { name, title, runs: taken.length, wall: median(taken) };
  });
}
