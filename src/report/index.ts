import { InputError } from '../errors.js';
import { didYouMean } from '../suggest.js';
import type { Reporter } from './types.js';

export type { Detail, Reporter, ReportOptions } from './types.js';

interface Format {
  /** File name endings that ask for this format when none is named. */
  readonly endings: readonly string[];
  readonly load: () => Promise<Reporter>;
  /** Whether it shows the packets of each finding. */
  readonly ladders?: true;
}

/** Every format by name. A new one is a file beside this one and a line here. */
const FORMATS = new Map<string, Format>([
  ['table', { endings: ['.txt', '.log', ''], load: async () => (await import('./table.js')).table }],
  ['json', { endings: ['.json'], load: async () => (await import('./json.js')).json }],
  ['markdown', { endings: ['.md', '.markdown'], load: async () => (await import('./markdown.js')).markdown }],
  ['html', { endings: ['.html', '.htm'], load: async () => (await import('./html.js')).html, ladders: true }],
  ['ndjson', { endings: ['.ndjson', '.jsonl'], load: async () => (await import('./ndjson.js')).ndjson }],
  ['csv', { endings: ['.csv'], load: async () => (await import('./csv.js')).csv }],
  ['junit', { endings: ['.xml'], load: async () => (await import('./junit.js')).junit }],
  ['sarif', { endings: ['.sarif'], load: async () => (await import('./sarif.js')).sarif }],
  ['github', { endings: [], load: async () => (await import('./github.js')).github }],
]);

/** The names that `loadFormat` knows, in the order they are documented. */
export const FORMAT_NAMES: readonly string[] = [...FORMATS.keys()];

/** The named format, loaded only now. */
export function loadFormat(name: string): Promise<Reporter> {
  const format = FORMATS.get(name);
  if (format) return format.load();
  throw new InputError(
    `there is no format '${name}'${didYouMean(name, FORMAT_NAMES)}; formats: ${FORMAT_NAMES.join(', ')}`,
  );
}

/** Whether the format shows what `ladder` holds, so that the analysis has to provide it. */
export function needsLadders(name: string): boolean {
  return FORMATS.get(name)?.ladders === true;
}

/** The format that a file name's ending (with its dot, or empty) stands for; null if it stands for none. */
export function formatOfEnding(ending: string): string | null {
  const wanted = ending.toLowerCase();
  for (const [name, { endings }] of FORMATS) if (endings.includes(wanted)) return name;
  return null;
}
