import { mix } from '../flow/mix.js';

/** What is joined: the rows of one side, each with a key of three words or without one. */
export interface Keyed {
  readonly length: number;
  /** Writes the key of `row` into `key`; false when the row takes no part. */
  key(row: number, key: Uint32Array): boolean;
}

const KEY_WORDS = 3;
/** The key, and the row plus one of each side; 0 where that side has none, `SEVERAL` where it has more than one. */
const BUCKET_WORDS = KEY_WORDS + 2;
const SEVERAL = 0xffff_ffff;
/** A power of two. */
const LEAST_BUCKETS = 1 << 6;
/** Rows that are joined at once, for memory: more are joined in parts, but in no more parts than the other bound. */
const ROWS_AT_ONCE = 1 << 20;
const MOST_PARTS = 16;

/**
 * Joins two sides by keys that exactly one row of each has: in time proportional to the rows, in memory bounded by
 * the size of a part. The pairs are told in the order of the rows of `a`: who looks at those goes through them once.
 */
export function joinUnique(a: Keyed, b: Keyed, pair: (a: number, b: number) => void): void {
  const partners = new Uint32Array(a.length);
  const parts = Math.min(MOST_PARTS, Math.ceil((a.length + b.length) / ROWS_AT_ONCE));
  for (let part = 0; part < parts; part += 1) {
    const table = new JoinTable(Math.max(a.length, b.length) / parts);
    table.take(a, 0, part, parts);
    table.take(b, 1, part, parts);
    table.pairs(partners);
  }
  for (let row = 0; row < partners.length; row += 1) if (partners[row] !== 0) pair(row, partners[row] - 1);
}

/** As `joinUnique`, but any number of rows of `b` may have the key of the one row of `a`: told in the order of `b`. */
export function joinEach(a: Keyed, b: Keyed, pair: (a: number, b: number) => void): void {
  const partners = new Uint32Array(b.length);
  const parts = Math.min(MOST_PARTS, Math.ceil((a.length + b.length) / ROWS_AT_ONCE));
  for (let part = 0; part < parts; part += 1) {
    const table = new JoinTable(Math.max(a.length, b.length) / parts);
    table.take(a, 0, part, parts);
    table.partnersOf(b, part, parts, partners);
  }
  for (let row = 0; row < partners.length; row += 1) if (partners[row] !== 0) pair(partners[row] - 1, row);
}

class JoinTable {
  #buckets: Uint32Array;
  #mask: number;
  #count = 0;
  readonly #key = new Uint32Array(KEY_WORDS);

  /** @param expected different keys, about: for so many there is room from the beginning */
  constructor(expected: number) {
    let buckets = LEAST_BUCKETS;
    while (buckets <= 2 * expected) buckets *= 2;
    this.#buckets = new Uint32Array(buckets * BUCKET_WORDS);
    this.#mask = buckets - 1;
  }

  /** Notes the row plus one of `a` for each row of `b` that finds its key. */
  partnersOf(b: Keyed, part: number, parts: number, partners: Uint32Array): void {
    const key = this.#key;
    for (let row = 0; row < b.length; row += 1) {
      if (!b.key(row, key)) continue;
      const hash = mix(key[0], key[1], key[2], SEED);
      if (parts > 1 && (hash >>> 8) % parts !== part) continue;
      const a = this.#buckets[this.#place(hash) + KEY_WORDS];
      if (a !== 0 && a !== SEVERAL) partners[row] = a;
    }
  }

  /** Files the rows of one side whose keys fall into this part. */
  take(rows: Keyed, side: 0 | 1, part: number, parts: number): void {
    const key = this.#key;
    for (let row = 0; row < rows.length; row += 1) {
      if (!rows.key(row, key)) continue;
      const hash = mix(key[0], key[1], key[2], SEED);
      // The part comes from other bits than the bucket: the buckets of a part would else all be in one place.
      if (parts > 1 && (hash >>> 8) % parts !== part) continue;
      const at = this.#place(hash) + KEY_WORDS + side;
      this.#buckets[at] = this.#buckets[at] === 0 ? row + 1 : SEVERAL;
    }
  }

  /** Notes the row plus one of `b` for each row of `a` that has a partner. */
  pairs(partners: Uint32Array): void {
    const buckets = this.#buckets;
    for (let at = KEY_WORDS; at < buckets.length; at += BUCKET_WORDS) {
      const a = buckets[at];
      const b = buckets[at + 1];
      if (a !== 0 && a !== SEVERAL && b !== SEVERAL) partners[a - 1] = b;
    }
  }

  /** First word of the bucket of the key at hand, taken for it if nobody has it. */
  #place(hash: number): number {
    const key = this.#key;
    for (let bucket = hash & this.#mask; ; bucket = (bucket + 1) & this.#mask) {
      const at = bucket * BUCKET_WORDS;
      const buckets = this.#buckets;
      if (isFree(buckets, at)) {
        this.#count += 1;
        if (2 * this.#count > this.#mask) {
          this.#grow();
          return this.#place(hash);
        }
        buckets.set(key, at);
        return at;
      }
      if (buckets[at] === key[0] && buckets[at + 1] === key[1] && buckets[at + 2] === key[2]) return at;
    }
  }

  #grow(): void {
    const old = this.#buckets;
    this.#mask = 2 * this.#mask + 1;
    this.#buckets = new Uint32Array(2 * old.length);
    for (let from = 0; from < old.length; from += BUCKET_WORDS) {
      if (isFree(old, from)) continue;
      let bucket = mix(old[from], old[from + 1], old[from + 2], SEED) & this.#mask;
      while (!isFree(this.#buckets, bucket * BUCKET_WORDS)) bucket = (bucket + 1) & this.#mask;
      this.#buckets.set(old.subarray(from, from + BUCKET_WORDS), bucket * BUCKET_WORDS);
    }
  }
}

function isFree(buckets: Uint32Array, at: number): boolean {
  return buckets[at + KEY_WORDS] === 0 && buckets[at + KEY_WORDS + 1] === 0;
}

/** Drawn anew for every process: nobody can prepare keys that all fall into one bucket. */
const SEED = Math.floor(Math.random() * 2 ** 32);
