/** Looking for bytes in a piece of a large buffer, never beyond it. */

const LOWER = 0x20;
const UPPER_A = 0x41;
const UPPER_Z = 0x5a;

/** Where the byte stands first from `at` on and before `end`, or -1. */
export function find(bytes: Uint8Array, byte: number, at: number, end: number): number {
  for (let i = at; i < end; i += 1) if (bytes[i] === byte) return i;
  return -1;
}

/** Whether the bytes from `at` on and before `end` begin with these. */
export function isWord(bytes: Uint8Array, at: number, end: number, word: Uint8Array): boolean {
  if (at + word.length > end) return false;
  for (let i = 0; i < word.length; i += 1) if (bytes[at + i] !== word[i]) return false;
  return true;
}

/** A word as its bytes. */
export function ascii(word: string): Uint8Array {
  return Uint8Array.from(word, (letter) => letter.charCodeAt(0));
}

/** Whether the text is this name, which is given in small letters. */
export function isName(bytes: Uint8Array, at: number, end: number, name: Uint8Array): boolean {
  if (end - at !== name.length) return false;
  for (let i = 0; i < name.length; i += 1) {
    const byte = bytes[at + i];
    if ((byte >= UPPER_A && byte <= UPPER_Z ? byte | LOWER : byte) !== name[i]) return false;
  }
  return true;
}
