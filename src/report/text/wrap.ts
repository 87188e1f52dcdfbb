import { columns, take } from './width.js';

/** The text in lines of at most `width` columns, broken at spaces, and inside a word only if it fills a line. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (columns(joined) <= width) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = breakWord(word, width);
    line = pieces.pop() ?? '';
    lines.push(...pieces);
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}

/** Wrapped text with `first` before its first line and as much blank before the others. */
export function hang(first: string, text: string, width: number): string[] {
  const blank = ' '.repeat(columns(first));
  return wrap(text, width - blank.length).map((line, index) => (index === 0 ? first : blank) + line);
}

function breakWord(word: string, width: number): string[] {
  const pieces: string[] = [];
  let rest = word;
  for (;;) {
    // At least one character a line, or a wide character in a very narrow column would never end.
    const piece = take(rest, width) || take(rest, 2);
    pieces.push(piece);
    if (piece.length === rest.length) return pieces;
    rest = rest.slice(piece.length);
  }
}
