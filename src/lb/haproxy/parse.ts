import { InputError } from '../../errors.js';
import { didYouMean } from '../../suggest.js';

/** One line of a haproxy configuration: its words, without quotes and comments. */
export interface Line {
  readonly words: readonly string[];
  /** From 1. */
  readonly number: number;
}

/** A section with its lines. */
export interface Section {
  readonly kind: string;
  /** Empty where the section has none. */
  readonly name: string;
  /** The `defaults` section that it names with `from`; null where it names none. */
  readonly from: string | null;
  readonly number: number;
  readonly lines: readonly Line[];
}

/** Section keywords of HAProxy 3.x (configuration manual, chapters 3, 4 and 12). */
const SECTIONS = [
  'global',
  'defaults',
  'frontend',
  'backend',
  'listen',
  'acme',
  'cache',
  'crt-list',
  'crt-store',
  'fcgi-app',
  'http-errors',
  'log-forward',
  'log-profile',
  'mailers',
  'peers',
  'program',
  'resolvers',
  'ring',
  'traces',
  'userlist',
];

/** Sections whose lines are read; those of others may hold anything. */
const PROXIES = ['defaults', 'frontend', 'backend', 'listen'];

/**
 * Splits a configuration into sections (configuration manual, chapter 2).
 * @throws InputError in one line, with the line number, for what no haproxy would start with
 */
export function parseHaproxy(file: string, text: string): Section[] {
  const sections: (Section & { lines: Line[] })[] = [];
  for (const line of linesOf(file, text)) {
    const [word] = line.words;
    if (SECTIONS.includes(word)) sections.push(begin(file, line));
    else if (sections.length > 0) sections[sections.length - 1].lines.push(line);
    else
      throw new InputError(
        `${file}:${line.number}: ${word}: expected a section${didYouMean(word, SECTIONS)} before any setting`,
      );
  }
  return sections;
}

/** Whether a section is one whose settings say something about flows. */
export function isProxySection({ kind }: Section): boolean {
  return PROXIES.includes(kind);
}

function begin(file: string, { words, number }: Line): Section & { lines: Line[] } {
  const [kind, ...rest] = words;
  const at = rest.indexOf('from');
  const name = at === 0 ? '' : (rest[0] ?? '');
  const needsName = kind === 'frontend' || kind === 'backend' || kind === 'listen';
  if (needsName && name === '') throw new InputError(`${file}:${number}: ${kind}: expected a name`);
  return { kind, name, from: at < 0 ? null : (rest[at + 1] ?? ''), number, lines: [] };
}

function linesOf(file: string, text: string): Line[] {
  return text.split(/\r?\n/).flatMap((raw, index) => {
    const number = index + 1;
    const words = wordsOf(file, raw, number);
    return words.length === 0 ? [] : [{ words, number }];
  });
}

const WORD = /(?:[^\s"'\\#]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/y;
const GAP = /\s*/y;

/** Words of a line: quotes group, a backslash takes the next character as it is, # begins a comment (chapter 2.2). */
function wordsOf(file: string, raw: string, number: number): string[] {
  const words: string[] = [];
  let at = after(GAP, raw, 0);
  while (at < raw.length && raw[at] !== '#') {
    const end = after(WORD, raw, at);
    if (end === at)
      throw new InputError(
        `${file}:${number}: expected a closing ${raw[at] === "'" ? "'" : '"'} on the same line`,
      );
    words.push(unquoted(raw.slice(at, end)));
    at = after(GAP, raw, end);
  }
  return words;
}

function after(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function unquoted(word: string): string {
  return word.replace(/'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/g, (_, single, double, escaped) =>
    single !== undefined ? single : double !== undefined ? double.replace(/\\(.)/g, '$1') : escaped,
  );
}
