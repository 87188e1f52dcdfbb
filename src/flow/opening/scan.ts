/** Looking for bytes in a piece of a large buffer, never beyond it. */

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
