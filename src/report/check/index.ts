import { InputError } from '../../errors.js';
import { didYouMean } from '../../suggest.js';
import type { CheckReporter } from './types.js';

interface Format {
  readonly endings: readonly string[];
  readonly load: () => Promise<CheckReporter>;
}

/** Every format that a check can be reported in, by name. */
const FORMATS = new Map<string, Format>([
  ['table', { endings: ['.txt', '.log'], load: async () => (await import('./text.js')).text }],
  ['markdown', { endings: ['.md'], load: async () => (await import('./formats.js')).markdown }],
  ['json', { endings: ['.json'], load: async () => (await import('./formats.js')).json }],
  ['junit', { endings: ['.xml'], load: async () => (await import('./formats.js')).junit }],
  ['sarif', { endings: ['.sarif'], load: async () => (await import('./formats.js')).sarif }],
  ['github', { endings: [], load: async () => (await import('./formats.js')).github }],
]);

/** The names that `loadCheckFormat` knows. */
export const CHECK_FORMAT_NAMES: readonly string[] = [...FORMATS.keys()];

/**
 * The format of that name, or the one for a file's ending; the one for a terminal where neither is said.
 * @throws InputError where there is none
 */
export function loadCheckFormat(name: string | undefined, ending: string | null): Promise<CheckReporter> {
  const byEnding = [...FORMATS].find(
    ([, { endings }]) => ending !== null && endings.includes(ending.toLowerCase()),
  );
  const wanted = name ?? (ending === null ? 'table' : byEnding?.[0]);
  const format = FORMATS.get(wanted ?? '');
  if (format !== undefined) return format.load();
  const what =
    name === undefined
      ? `no format of a check goes with the ending ${ending}`
      : `a check has no format '${name}'`;
  throw new InputError(
    `${what}${didYouMean(name ?? '', CHECK_FORMAT_NAMES)}; formats: ${CHECK_FORMAT_NAMES.join(', ')}`,
  );
}
