import { mix } from './mix.js';

/** A power of two. */
const INITIAL_BUCKETS = 1024;
/** Grown when fuller than this: linear probing stays short. */
const LARGEST_LOAD = 0.5;

/** Words of a bucket: the key, and the slot plus one, with the family in its highest bit; 0 marks an empty bucket. */
const BUCKET_WORDS = 4;
const LOW = 0;
const HIGH = 1;
const PORTS = 2;
const SLOT = 3;
const IPV6_BIT = 0x8000_0000;
const SLOT_MASK = 0x7fff_ffff;

/**
 * Finds the slot of an open connection by its addresses and ports, whichever way a segment travels: open addressing
 * with linear probing, keys beside their slots, nothing allocated per look-up. The two ends of a key may be named in
 * either order.
 */
export class TupleIndex {
  #buckets = new Uint32Array(INITIAL_BUCKETS * BUCKET_WORDS);
  #mask = INITIAL_BUCKETS - 1;
  #count = 0;
  /** What `touch` read, in sum: means nothing, but what had no result at all would not be read. */
  touched = 0;
  /** Drawn anew for every index: nobody can prepare addresses that all fall into one bucket. */
  readonly #seed = Math.floor(Math.random() * 2 ** 32);

  /** The slot filed under this key, or -1. */
  find(a: number, aPort: number, b: number, bPort: number, family: number): number {
    const at = this.#probe(a, aPort, b, bPort, family);
    return (this.#buckets[at + SLOT] & SLOT_MASK) - 1;
  }

  /** Where the search for a key begins; `touch` takes many of them. */
  home(a: number, aPort: number, b: number, bPort: number): number {
    const aIsLow = isLower(a, aPort, b, bPort);
    const ports = aIsLow ? portsOf(aPort, bPort) : portsOf(bPort, aPort);
    return mix(aIsLow ? a : b, aIsLow ? b : a, ports, this.#seed) & this.#mask;
  }

  /** Brings the beginnings of several searches into the caches, and changes nothing. */
  touch(homes: Int32Array, count: number): void {
    const buckets = this.#buckets;
    let sum = 0;
    for (let i = 0; i < count; i += 1) sum += buckets[homes[i] * BUCKET_WORDS];
    this.touched = sum;
  }

  /** Files `slot` under a key that is not there yet. */
  add(slot: number, a: number, aPort: number, b: number, bPort: number, family: number): void {
    this.#count += 1;
    if (this.#count > (this.#mask + 1) * LARGEST_LOAD) this.#grow();
    const buckets = this.#buckets;
    const at = this.#probe(a, aPort, b, bPort, family);
    const aIsLow = isLower(a, aPort, b, bPort);
    buckets[at + LOW] = aIsLow ? a : b;
    buckets[at + HIGH] = aIsLow ? b : a;
    buckets[at + PORTS] = aIsLow ? portsOf(aPort, bPort) : portsOf(bPort, aPort);
    buckets[at + SLOT] = ((slot + 1) | familyBit(family)) >>> 0;
  }

  /** Takes out a key that is there; the probe sequences that ran over it are closed up. */
  remove(a: number, aPort: number, b: number, bPort: number, family: number): void {
    const mask = this.#mask;
    const buckets = this.#buckets;
    let hole = this.#probe(a, aPort, b, bPort, family) / BUCKET_WORDS;
    for (
      let bucket = (hole + 1) & mask;
      buckets[bucket * BUCKET_WORDS + SLOT] !== 0;
      bucket = (bucket + 1) & mask
    ) {
      const home = this.#homeOf(bucket * BUCKET_WORDS);
      if (((bucket - home) & mask) < ((bucket - hole) & mask)) continue;
      buckets.copyWithin(hole * BUCKET_WORDS, bucket * BUCKET_WORDS, (bucket + 1) * BUCKET_WORDS);
      hole = bucket;
    }
    buckets[hole * BUCKET_WORDS + SLOT] = 0;
    this.#count -= 1;
  }

  /** First word of the bucket that holds the key, or of the empty one where it would be. */
  #probe(a: number, aPort: number, b: number, bPort: number, family: number): number {
    const buckets = this.#buckets;
    const aIsLow = isLower(a, aPort, b, bPort);
    const low = aIsLow ? a : b;
    const high = aIsLow ? b : a;
    const ports = aIsLow ? portsOf(aPort, bPort) : portsOf(bPort, aPort);
    const bit = familyBit(family);
    let bucket = mix(low, high, ports, this.#seed) & this.#mask;
    for (;;) {
      const at = bucket * BUCKET_WORDS;
      const slot = buckets[at + SLOT];
      if (slot === 0) return at;
      if (
        buckets[at + PORTS] === ports &&
        buckets[at + LOW] === low &&
        buckets[at + HIGH] === high &&
        ((slot ^ bit) & IPV6_BIT) === 0
      )
        return at;
      bucket = (bucket + 1) & this.#mask;
    }
  }

  #homeOf(at: number): number {
    const buckets = this.#buckets;
    return mix(buckets[at + LOW], buckets[at + HIGH], buckets[at + PORTS], this.#seed) & this.#mask;
  }

  #grow(): void {
    const old = this.#buckets;
    this.#mask = 2 * this.#mask + 1;
    this.#buckets = new Uint32Array(2 * old.length);
    for (let from = 0; from < old.length; from += BUCKET_WORDS) {
      if (old[from + SLOT] === 0) continue;
      const at = this.#freeFrom(mix(old[from + LOW], old[from + HIGH], old[from + PORTS], this.#seed));
      for (let word = 0; word < BUCKET_WORDS; word += 1) this.#buckets[at + word] = old[from + word];
    }
  }

  #freeFrom(hash: number): number {
    let bucket = hash & this.#mask;
    while (this.#buckets[bucket * BUCKET_WORDS + SLOT] !== 0) bucket = (bucket + 1) & this.#mask;
    return bucket * BUCKET_WORDS;
  }
}

function familyBit(family: number): number {
  return family === 6 ? IPV6_BIT : 0;
}

/** Which end comes first in a bucket: the one with the lower address, or port where the addresses are one. */
function isLower(a: number, aPort: number, b: number, bPort: number): boolean {
  return a < b || (a === b && aPort < bPort);
}

function portsOf(low: number, high: number): number {
  return ((low << 16) | high) >>> 0;
}
