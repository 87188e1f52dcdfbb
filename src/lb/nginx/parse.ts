import { InputError } from '../../errors.js';

/** A directive with its arguments, and its block if it has one. */
export interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  /** From 1. */
  readonly line: number;
  readonly block: readonly Directive[] | null;
}

interface Token {
  readonly text: string;
  readonly line: number;
  /** A word that was quoted is never punctuation. */
  readonly quoted: boolean;
}

const SPACE = /\s+/y;
const COMMENT = /#[^\n]*/y;
const QUOTED = /"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'/y;
const PUNCTUATION = /[{};]/y;
/** `${name}` belongs to a word although it holds braces. */
const WORD = /(?:\$\{[^}\n]*\}|\\.|[^\s{};"'\\])(?:\$\{[^}\n]*\}|\\.|[^\s{};\\])*/y;

/**
 * Reads a configuration of nginx into its tree of directives.
 * @throws InputError in one line, with the line number, where nginx would not start
 */
export function parseNginx(file: string, text: string): Directive[] {
  const tokens = tokensOf(file, text);
  const stack: { readonly list: Directive[]; readonly opened: Token | null }[] = [{ list: [], opened: null }];
  let words: Token[] = [];
  for (const token of tokens) {
    const here = stack[stack.length - 1];
    if (token.quoted || !/^[{};]$/.test(token.text)) {
      words.push(token);
      continue;
    }
    if (token.text === '}') {
      if (words.length > 0) throw broken(file, words[0], `expected ";" or "{" after ${words[0].text}`);
      if (stack.length === 1) throw broken(file, token, 'unexpected "}": no block is open');
      stack.pop();
      continue;
    }
    const [first] = words;
    if (first === undefined) throw broken(file, token, `expected a directive before "${token.text}"`);
    const block: Directive[] | null = token.text === '{' ? [] : null;
    here.list.push({
      name: first.text,
      args: words.slice(1).map((word) => word.text),
      line: first.line,
      block,
    });
    if (block !== null) stack.push({ list: block, opened: first });
    words = [];
  }
  if (words.length > 0) throw broken(file, words[0], `expected ";" or "{" after ${words[0].text}`);
  const { opened } = stack[stack.length - 1];
  if (opened !== null) throw broken(file, opened, `the block of ${opened.text} has no closing "}"`);
  return stack[0].list;
}

function broken(file: string, { line }: Token, what: string): InputError {
  return new InputError(`${file}:${line}: ${what}`);
}

function tokensOf(file: string, text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const [kind, piece] = nextPiece(text, at);
    if (kind === null) throw new InputError(`${file}:${line}: a quote is never closed`);
    if (kind === 'quoted')
      tokens.push({ text: piece.slice(1, -1).replace(/\\(["'\\])/g, '$1'), line, quoted: true });
    else if (kind === 'word') tokens.push({ text: piece, line, quoted: false });
    line += piece.split('\n').length - 1;
    at += piece.length;
  }
  return tokens;
}

function nextPiece(text: string, at: number): ['space' | 'quoted' | 'word', string] | [null, string] {
  for (const [kind, pattern] of PIECES) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found !== null) return [kind, found[0]];
  }
  return [null, ''];
}

const PIECES = [
  ['space', SPACE],
  ['space', COMMENT],
  ['quoted', QUOTED],
  ['word', PUNCTUATION],
  ['word', WORD],
] as const;
