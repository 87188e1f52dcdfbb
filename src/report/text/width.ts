/** Blocks whose characters take two columns: East Asian scripts, full-width forms, emoji. First and last, sorted. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18dff],
  [0x1aff0, 0x1b2ff],
  [0x1f000, 0x1fbff],
  [0x20000, 0x3fffd],
];

const EMOJI = /^\p{Emoji_Presentation}$/u;
const FIRST_WIDE = 0x1100;
const ONLY_ASCII = /^[\x20-\x7e]*$/;

/** Columns that a text without control characters takes. Combining marks count as one, so it never says too few. */
export function columns(text: string): number {
  if (ONLY_ASCII.test(text)) return text.length;
  let sum = 0;
  for (const char of text) sum += columnsOf(char);
  return sum;
}

/** The longest beginning of a text that fits into `width` columns. */
export function take(whole: string, width: number): string {
  // A character is at most two units and at least one column: what lies beyond cannot fit, and is not looked at.
  const text = whole.slice(0, 2 * Math.max(0, width) + 2);
  if (ONLY_ASCII.test(text)) return text.slice(0, Math.max(0, width));
  let used = 0;
  let end = 0;
  for (const char of text) {
    used += columnsOf(char);
    if (used > width) break;
    end += char.length;
  }
  return text.slice(0, end);
}

/** The longest end of a text that fits into `width` columns. */
export function takeEnd(text: string, width: number): string {
  return [...take([...text].reverse().join(''), width)].reverse().join('');
}

/** The text cut at its end to `width` columns, with a mark that says so. */
export function cutEnd(text: string, width: number, ellipsis: string): string {
  if (columns(text) <= width) return text;
  return take(text, width - columns(ellipsis)) + take(ellipsis, width);
}

/** The text with its middle left out: an address stays recognisable by its prefix, its host part and its port. */
export function cutMiddle(text: string, width: number, ellipsis: string): string {
  if (columns(text) <= width) return text;
  const room = width - columns(ellipsis);
  if (room < 2) return take(text, width);
  const tail = takeEnd(text, Math.ceil(room / 2));
  return take(text, room - columns(tail)) + ellipsis + tail;
}

function columnsOf(char: string): number {
  const code = char.codePointAt(0) ?? 0;
  if (code < FIRST_WIDE) return 1;
  const wide = EMOJI.test(char) || WIDE.some(([first, last]) => code >= first && code <= last);
  return wide ? 2 : 1;
}
