import { hashOf, KEY_WORDS, type Keyed, Keys, type Part } from './keys.js';

export type { Keyed };

/** The key, and the row plus one of each side; 0 where that side has none, `SEVERAL` where it has more than one. */
const BUCKET_WORDS = KEY_WORDS + 2;
const SEVERAL = 0xffff_ffff;
/** A power of two. */
const LEAST_BUCKETS = 1 << 6;
/** Rows that are joined at once, for memory: more are joined in parts, but in no more parts than the other bound. */
const ROWS_AT_ONCE = 1 << 20;
const MOST_PARTS = 16;

/**
 * Joins two sides by keys that exactly one row of each has: in time proportional to the rows, each of which is asked for
 * its key once. The pairs are told in the order of the rows of `a`: who looks at those goes through them once.
 */
export function joinUnique(a: Keyed, b: Keyed, pair: (a: number, b: number) => void): void {
  const ours = new Keys(a);
  if (ours.count === 0) return;
  const theirs = new Keys(b);
  const partners = new Uint32Array(ours.count);
  inParts(ours, theirs, (table, part) => {
    table.meet(theirs, part);
    table.pairs(partners);
  });
  for (let at = 0; at < partners.length; at += 1)
    if (partners[at] !== 0) pair(ours.rows[at], theirs.rows[partners[at] - 1]);
}

/** As `joinUnique`, but any number of rows of `b` may have the key of the one row of `a`: told in the order of `b`. */
export function joinEach(a: Keyed, b: Keyed, pair: (a: number, b: number) => void): void {
  const ours = new Keys(a);
  if (ours.count === 0) return;
  const theirs = new Keys(b);
  const partners = new Uint32Array(theirs.count);
  inParts(ours, theirs, (table, part) => table.partnersOf(theirs, part, partners));
  for (let at = 0; at < partners.length; at += 1)
    if (partners[at] !== 0) pair(ours.rows[partners[at] - 1], theirs.rows[at]);
}

/** Calls `join` for each part with a table of what one side has in it. */
function inParts(ours: Keys, theirs: Keys, join: (table: JoinTable, part: Part) => void): void {
  const count = Math.min(MOST_PARTS, Math.ceil((ours.count + theirs.count) / ROWS_AT_ONCE));
  for (let index = 0; index < count; index += 1) {
    const part = { index, count };
    const table = new JoinTable(ours.count / count);
    table.take(ours, part);
    join(table, part);
  }
}

class JoinTable {
  #buckets: Uint32Array;
  #mask: number;
  #count = 0;

  /** @param expected different keys, about: for so many there is room from the beginning */
  constructor(expected: number) {
    let buckets = LEAST_BUCKETS;
    while (buckets <= 2 * expected) buckets *= 2;
    this.#buckets = new Uint32Array(buckets * BUCKET_WORDS);
    this.#mask = buckets - 1;
  }

  /** Files the rows of `a` whose keys fall into this part. */
  take(a: Keys, part: Part): void {
    for (let at = 0; at < a.count; at += 1) if (a.isIn(part, at)) this.#note(this.#placeOf(a, at), at);
  }

  /** Notes the rows of `b` beside those of `a` that have the same key; of other keys there is nothing to know. */
  meet(b: Keys, part: Part): void {
    for (let at = 0; at < b.count; at += 1) {
      if (!b.isIn(part, at)) continue;
      const place = this.#find(b, at);
      if (!isFree(this.#buckets, place)) this.#note(place + 1, at);
    }
  }

  /** Notes the row plus one of `a` for each row of `b` that finds its key. */
  partnersOf(b: Keys, part: Part, partners: Uint32Array): void {
    for (let at = 0; at < b.count; at += 1) {
      if (!b.isIn(part, at)) continue;
      const a = this.#buckets[this.#find(b, at) + KEY_WORDS];
      if (a !== SEVERAL) partners[at] = a;
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

  #note(place: number, at: number): void {
    const slot = place + KEY_WORDS;
    this.#buckets[slot] = this.#buckets[slot] === 0 ? at + 1 : SEVERAL;
  }

  /** First word of the bucket of a key, taken for it if nobody has it. */
  #placeOf(keys: Keys, at: number): number {
    const place = this.#find(keys, at);
    if (!isFree(this.#buckets, place)) return place;
    this.#count += 1;
    if (2 * this.#count > this.#mask) {
      this.#grow();
      return this.#placeOf(keys, at);
    }
    for (let word = 0; word < KEY_WORDS; word += 1)
      this.#buckets[place + word] = keys.words[at * KEY_WORDS + word];
    return place;
  }

  /** First word of the bucket of a key, or of the free one that it would take. */
  #find({ words, hashes }: Keys, at: number): number {
    const buckets = this.#buckets;
    const first = at * KEY_WORDS;
    for (let bucket = hashes[at] & this.#mask; ; bucket = (bucket + 1) & this.#mask) {
      const place = bucket * BUCKET_WORDS;
      const isIt =
        buckets[place] === words[first] &&
        buckets[place + 1] === words[first + 1] &&
        buckets[place + 2] === words[first + 2];
      if (isIt || isFree(buckets, place)) return place;
    }
  }

  #grow(): void {
    const old = this.#buckets;
    this.#mask = 2 * this.#mask + 1;
    this.#buckets = new Uint32Array(2 * old.length);
    for (let from = 0; from < old.length; from += BUCKET_WORDS) {
      if (isFree(old, from)) continue;
      let bucket = hashOf(old[from], old[from + 1], old[from + 2]) & this.#mask;
      while (!isFree(this.#buckets, bucket * BUCKET_WORDS)) bucket = (bucket + 1) & this.#mask;
      this.#buckets.set(old.subarray(from, from + BUCKET_WORDS), bucket * BUCKET_WORDS);
    }
  }
}

function isFree(buckets: Uint32Array, at: number): boolean {
  return buckets[at + KEY_WORDS] === 0;
}
