/**
 * Finds where JSON breaks. The runtime's own message carries a position only for some errors and differs from one
 * version of Node to the next; a user with a 2000-line dump needs line and column every time.
 */

/** Where the text stops being JSON, and what could have stood there. */
export interface JsonError {
  /** Offset in UTF-16 code units. */
  readonly offset: number;
  readonly expected: string;
}

type State = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'more' | 'end';

const SPACE = /[ \t\n\r]*/y;
const TOKEN =
  /[{}[\],:]|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

const CLOSERS: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

/** The first place where a text that is not valid JSON breaks. */
export function findJsonError(text: string): JsonError {
  const open: string[] = [];
  let state: State = 'value';
  let offset = skipSpace(text, 0);
  for (;;) {
    const token = tokenAt(text, offset);
    const next: State | null = token === null ? null : step(state, token, open);
    if (token === null || next === null) return { offset, expected: expectation(state, open) };
    state = next;
    offset = skipSpace(text, offset + token.length);
  }
}

function skipSpace(text: string, offset: number): number {
  SPACE.lastIndex = offset;
  SPACE.exec(text);
  return SPACE.lastIndex;
}

function tokenAt(text: string, offset: number): string | null {
  TOKEN.lastIndex = offset;
  return TOKEN.exec(text)?.[0] ?? null;
}

/** The state after a token, or null when the token cannot stand there; `open` is the stack of open brackets. */
function step(state: State, token: string, open: string[]): State | null {
  if (state === 'end') return null;
  if (state === 'colon') return token === ':' ? 'value' : null;
  if (isCloser(token)) return mayClose(state) ? close(token, open) : null;
  if (state === 'more') return token === ',' ? afterComma(open) : null;
  if (state === 'key' || state === 'key-or-end') return token.startsWith('"') ? 'colon' : null;
  return valueStep(token, open);
}

function isCloser(token: string): boolean {
  return token === '}' || token === ']';
}

function mayClose(state: State): boolean {
  return state === 'more' || state === 'key-or-end' || state === 'value-or-end';
}

function close(token: string, open: string[]): State | null {
  if (CLOSERS[open[open.length - 1]] !== token) return null;
  open.pop();
  return afterValue(open);
}

function valueStep(token: string, open: string[]): State | null {
  if (token === ',' || token === ':') return null;
  if (!(token in CLOSERS)) return afterValue(open);
  open.push(token);
  return token === '{' ? 'key-or-end' : 'value-or-end';
}

function afterValue(open: readonly string[]): State {
  return open.length === 0 ? 'end' : 'more';
}

function afterComma(open: readonly string[]): State {
  return open[open.length - 1] === '{' ? 'key' : 'value';
}

function expectation(state: State, open: readonly string[]): string {
  const closer = CLOSERS[open[open.length - 1]];
  const words: Readonly<Record<State, string>> = {
    value: 'a value',
    'value-or-end': `a value or "${closer}"`,
    key: 'a key in double quotes',
    'key-or-end': `a key in double quotes or "${closer}"`,
    colon: '":"',
    more: `"," or "${closer}"`,
    end: 'nothing more',
  };
  return words[state];
}
