import { mix } from '../flow/mix.js';

/** Words of a key. */
export const KEY_WORDS = 3;

/** What is joined: the rows of one side, each with a key of three words or without one. */
export interface Keyed {
  readonly length: number;
  /** Writes the key of `row` into `key`; false when the row takes no part. */
  key(row: number, key: Uint32Array): boolean;
}

/** Which of the keys: the `index`-th of `count` parts of about the same size. */
export interface Part {
  readonly index: number;
  readonly count: number;
}

/** The rows of one side that take part, each with its key: what they are read from may lie on the disk. */
export class Keys {
  readonly rows: Uint32Array;
  readonly words: Uint32Array;
  readonly hashes: Uint32Array;
  count = 0;

  constructor(side: Keyed) {
    // Of what is asked for and never written to, no system hands out any memory.
    this.rows = new Uint32Array(side.length);
    this.words = new Uint32Array(side.length * KEY_WORDS);
    this.hashes = new Uint32Array(side.length);
    const key = new Uint32Array(KEY_WORDS);
    for (let row = 0; row < side.length; row += 1) {
      if (!side.key(row, key)) continue;
      this.rows[this.count] = row;
      this.words.set(key, this.count * KEY_WORDS);
      this.hashes[this.count] = hashOf(key[0], key[1], key[2]);
      this.count += 1;
    }
  }

  /** Whether a key falls into a part: by other bits than its bucket, or the buckets of a part would all be in one place. */
  isIn({ index, count }: Part, at: number): boolean {
    return count === 1 || (this.hashes[at] >>> 8) % count === index;
  }
}

/** Drawn anew for every process: nobody can prepare keys that all fall into one bucket. */
const SEED = Math.floor(Math.random() * 2 ** 32);

/** Spreads a key over 32 bits. */
export function hashOf(first: number, second: number, third: number): number {
  return mix(first, second, third, SEED);
}
