import { parseArgs } from 'node:util';
import type { ContenderName } from './contenders.js';

/** The parts of the benchmark, in the order in which they run. */
export const PARTS = ['start', 'small', 'full', 'memory', 'huge', 'growth'] as const;
export type Part = (typeof PARTS)[number];

export interface BenchOptions {
  readonly parts: readonly Part[];
  /** How often each contender runs. */
  readonly runs: number;
  /** Contenders that do not take part. */
  readonly skip: readonly ContenderName[];
  /** Whether contenders that take minutes run as often as the others. */
  readonly slow: boolean;
  /** Small captures, everything once, answers checked. */
  readonly short: boolean;
  /** Where captures stay. */
  readonly keep: string | undefined;
  /** Where the plot of the growth goes. */
  readonly plot: string | undefined;
}

export const USAGE = `Usage: npm run bench -- [options]

Times rst-analyze on generated captures against tcpdump, tcptrace and tshark,
those of them that are installed.

Options:
  --only <part,...>  only these parts: ${PARTS.join(', ')}
                     (default: all but huge and growth)
  --growth           also how time and memory grow, with a plot
  --huge             also the memory for 10 GB of input
  --runs <n>         runs of each contender, of which the median counts
                     (default: 5)
  --slow             tcptrace and tshark as often too, not once
  --skip <name,...>  without these: tcpdump, tcptrace, tshark
  --short            everything once with small captures, in seconds, and whether
                     the answers are right; the times mean nothing
  --keep <folder>    leave the captures there, and use those that are there;
                     empty it when the generator changes
  --plot <file>      where the plot of the growth goes
                     (default: docs/growth.svg; with --short nowhere)
  -h, --help         print this help
`;

/** Programs that `rst-analyze` is set against. */
const OTHERS = ['tcpdump', 'tcptrace', 'tshark'] as const satisfies readonly ContenderName[];
const USUAL: readonly Part[] = ['start', 'small', 'full', 'memory'];
const RUNS = 5;

/** What the command line asks for; null for help. @throws Error in one line when it asks for what there is not. */
export function parseBenchOptions(args: readonly string[]): BenchOptions | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      growth: { type: 'boolean', default: false },
      huge: { type: 'boolean', default: false },
      runs: { type: 'string' },
      skip: { type: 'string' },
      slow: { type: 'boolean', default: false },
      short: { type: 'boolean', default: false },
      keep: { type: 'string' },
      plot: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return null;
  const wanted = new Set<Part>(values.only === undefined ? USUAL : namesOf(values.only, '--only', PARTS));
  if (values.growth || values.short) wanted.add('growth');
  if (values.huge || values.short) wanted.add('huge');
  return {
    parts: PARTS.filter((part) => wanted.has(part)),
    runs: values.runs === undefined ? (values.short ? 1 : RUNS) : runsOf(values.runs),
    skip: values.skip === undefined ? [] : namesOf(values.skip, '--skip', OTHERS),
    slow: values.slow,
    short: values.short,
    keep: values.keep,
    plot: values.plot,
  };
}

function namesOf<Name extends string>(text: string, option: string, known: readonly Name[]): Name[] {
  return text.split(',').map((name) => {
    const found = known.find((one) => one === name);
    if (found === undefined)
      throw new Error(`${option} takes ${known.join(', ')}, not ${JSON.stringify(name)}`);
    return found;
  });
}

function runsOf(text: string): number {
  const runs = Number(text);
  if (!Number.isInteger(runs) || runs < 1)
    throw new Error(`--runs takes a number from 1 up, not ${JSON.stringify(text)}`);
  return runs;
}
