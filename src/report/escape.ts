/**
 * Whatever a terminal obeys or hides instead of showing: controls, escapes, text direction changes, invisible and
 * unassigned characters, halves of surrogate pairs. Packets and file names can hold any of them.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{Cn}\p{Default_Ignorable_Code_Point}]/gu;

const NOT_ASCII = /[^\x20-\x7e]/gu;
const ONLY_ASCII = /^[\x20-\x7e]*$/;

const SHORT_ESCAPES = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** What our own sentences use outside ASCII, for terminals that cannot show it. */
const ASCII_SPELLINGS = new Map([
  ['→', '->'],
  ['←', '<-'],
  ['↔', '<->'],
  ['–', '-'],
  ['—', '-'],
  ['−', '-'],
  ['·', '-'],
  ['…', '...'],
  ['±', '+/-'],
  ['×', 'x'],
  ['≈', '~'],
  ['≤', '<='],
  ['≥', '>='],
  ['µ', 'u'],
  ['μ', 'u'],
  ['‘', "'"],
  ['’', "'"],
  ['“', '"'],
  ['”', '"'],
  ['\u00a0', ' '],
  ['\u202f', ' '],
]);

const HEX = 16;
const LAST_BYTE = 0xff;

/** The text with every character that a terminal would act on, or not show, spelled out: `\x1b`, `\u{202e}`. */
export function escapeForTerminal(text: string): string {
  return ONLY_ASCII.test(text) ? text : text.replace(UNSAFE, spell);
}

/** As `escapeForTerminal`, and with nothing but ASCII left. */
export function escapeForAscii(text: string): string {
  if (ONLY_ASCII.test(text)) return text;
  return escapeForTerminal(text).replace(NOT_ASCII, (char) => ASCII_SPELLINGS.get(char) ?? spell(char));
}

/** As `escapeForAscii`, but the given characters stay. */
export function escapeExcept(text: string, kept: ReadonlySet<string>): string {
  if (ONLY_ASCII.test(text)) return text;
  return [...text].map((char) => (kept.has(char) ? char : escapeForAscii(char))).join('');
}

/**
 * A plain data value in which every string, and every key, went through `clean`. The parts in which that changed
 * nothing are shared with the given value, which stays as it is: most reports hold nothing to clean.
 */
export function escapeDeep<T>(value: T, clean: (text: string) => string): T {
  return cleaned(value, clean) as T;
}

function cleaned(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return cleanedItems(value, clean);
  if (value === null || typeof value !== 'object') return value;
  return cleanedObject(value as Readonly<Record<string, unknown>>, clean);
}

function cleanedItems(items: readonly unknown[], clean: (text: string) => string): readonly unknown[] {
  const copy = items.map((item) => cleaned(item, clean));
  return copy.every((item, i) => item === items[i]) ? items : copy;
}

function cleanedObject(object: Readonly<Record<string, unknown>>, clean: (text: string) => string): object {
  const entries = Object.entries(object);
  const copy = entries.map(([key, item]) => [clean(key), cleaned(item, clean)] as const);
  const same = copy.every(([key, item], i) => key === entries[i]?.[0] && item === entries[i]?.[1]);
  return same ? object : Object.fromEntries(copy);
}

function spell(char: string): string {
  const short = SHORT_ESCAPES.get(char);
  if (short) return short;
  const code = char.codePointAt(0) ?? 0;
  const digits = code.toString(HEX);
  return code <= LAST_BYTE ? `\\x${digits.padStart(2, '0')}` : `\\u{${digits}}`;
}
