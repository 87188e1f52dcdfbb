import type { ReportOptions } from '../types.js';

/** What a piece of text is, for those who see colours; its words say the same to everyone else. */
export type Role = 'strong' | 'dim' | 'good' | 'warn' | 'bad';

/** The marks a table is drawn with. */
export interface Symbols {
  readonly arrow: string;
  readonly dot: string;
  readonly ellipsis: string;
  readonly about: string;
  readonly times: string;
  readonly plusMinus: string;
  readonly cross: string;
  readonly tick: string;
  readonly rule: string;
  readonly bar: string;
  readonly junction: string;
  readonly ladder: LadderSymbols;
}

/** The marks that the way of a packet is drawn with. */
export interface LadderSymbols {
  readonly rule: string;
  /** Where a packet passes the load balancer. */
  readonly passes: string;
  readonly lost: string;
  /** Where a packet was made. */
  readonly made: string;
  readonly left: string;
  readonly right: string;
  /** A way that nobody saw. */
  readonly faint: string;
  /** Time in which nothing happened. */
  readonly gap: string;
}

/** The place the table is written on. */
export interface Page {
  readonly width: number;
  readonly symbols: Symbols;
  /** Everything is wanted, not only what decided. */
  readonly full: boolean;
  readonly paint: (text: string, role?: Role) => string;
}

const UNICODE: Symbols = {
  arrow: '→',
  dot: '·',
  ellipsis: '…',
  about: '≈',
  times: '×',
  plusMinus: '±',
  cross: '✗',
  tick: '✓',
  rule: '─',
  bar: '│',
  junction: '┼',
  ladder: {
    rule: '─',
    passes: '┼',
    lost: '✗',
    made: '●',
    left: '◀',
    right: '▶',
    faint: '┄',
    gap: '┊',
  },
};

const ASCII: Symbols = {
  arrow: '>',
  dot: '-',
  ellipsis: '..',
  about: '~',
  times: 'x',
  plusMinus: '+/-',
  cross: 'X',
  tick: 'ok',
  rule: '-',
  bar: '|',
  junction: '+',
  ladder: { rule: '-', passes: '+', lost: 'X', made: '*', left: '<', right: '>', faint: '.', gap: ':' },
};

/** Every character outside ASCII that the table itself uses. */
export const MARKS: ReadonlySet<string> = new Set(
  Object.values(UNICODE)
    .filter((mark) => typeof mark === 'string')
    .join(''),
);

/** Below this nothing readable can be laid out, and lines may be longer than the terminal. */
const NARROWEST = 40;

/** The page for the options a report was asked for with. */
export function pageFor({ width, chalk, unicode, detail }: ReportOptions): Page {
  const paints = chalk && {
    strong: chalk.bold,
    dim: chalk.dim,
    good: chalk.green,
    warn: chalk.yellow,
    bad: chalk.red,
  };
  return {
    width: Math.max(NARROWEST, width),
    symbols: unicode ? UNICODE : ASCII,
    full: detail === 'all',
    paint: (text, role) => (paints && role && text !== '' ? paints[role](text) : text),
  };
}
