import { parseArgs } from 'node:util';

/** The parts of the benchmark, in the order in which they run. */
export const PARTS = ['start', 'small', 'full', 'memory', 'huge', 'growth'] as const;
export type Part = (typeof PARTS)[number];

export interface BenchOptions {
  readonly parts: readonly Part[];
  /** How often each contender runs. */
  readonly runs: number;
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
  --short            everything once with small captures, in seconds, and whether
                     the answers are right; the times mean nothing
  --keep <folder>    leave the captures there, and use those that are there;
                     empty it when the generator changes
  --plot <file>      where the plot of the growth goes
                     (default: docs/growth.svg; with --short nowhere)
  -h, --help         print this help
`;

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
      slow: { type: 'boolean', default: false },
      short: { type: 'boolean', default: false },
      keep: { type: 'string' },
      plot: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return null;
  const wanted = new Set<Part>(values.only === undefined ? USUAL : partsOf(values.only));
  if (values.growth || values.short) wanted.add('growth');
  if (values.huge || values.short) wanted.add('huge');
  return {
    parts: PARTS.filter((part) => wanted.has(part)),
    runs: values.runs === undefined ? (values.short ? 1 : RUNS) : runsOf(values.runs),
    slow: values.slow,
    short: values.short,
    keep: values.keep,
    plot: values.plot,
  };
}

function partsOf(text: string): Part[] {
  return text.split(',').map((name) => {
    const part = PARTS.find((known) => known === name);
    if (part === undefined) throw new Error(`--only takes ${PARTS.join(', ')}, not ${JSON.stringify(name)}`);
    return part;
  });
}

function runsOf(text: string): number {
  const runs = Number(text);
  if (!Number.isInteger(runs) || runs < 1)
    throw new Error(`--runs takes a number from 1 up, not ${JSON.stringify(text)}`);
  return runs;
}
