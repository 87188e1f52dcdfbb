import type { Result } from '../result.js';

const INDENT = 2;
const HEX = 16;
const DIGITS = 4;

/**
 * Characters that JSON may leave as they are but a terminal acts on: DEL and the C1 controls, text direction,
 * invisible formatting. They all lie in the first plane, so `\uXXXX` says the same to every JSON reader.
 */
const OBEYED = /[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** The report object itself, indented, safe to look at. */
export function json(result: Result): string {
  const text = JSON.stringify(result, null, INDENT);
  return `${text.replace(OBEYED, (char) => `\\u${char.charCodeAt(0).toString(HEX).padStart(DIGITS, '0')}`)}\n`;
}
