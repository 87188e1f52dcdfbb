const INITIAL_BUCKETS = 1024;
/** Grown when fuller than this: linear probing stays short. */
const LARGEST_LOAD = 0.5;

/**
 * Finds the slot of an open connection by its addresses and ports, whichever way a segment travels: open addressing
 * with linear probing over integers, nothing allocated per look-up.
 */
export class TupleIndex {
  #buckets = new Int32Array(INITIAL_BUCKETS);
  #count = 0;
  #low = new Uint32Array(INITIAL_BUCKETS);
  #high = new Uint32Array(INITIAL_BUCKETS);
  /** Port of the low side in the upper half, of the high side in the lower. */
  #ports = new Uint32Array(INITIAL_BUCKETS);
  #family = new Uint8Array(INITIAL_BUCKETS);

  /** The slot filed under this key, or -1. */
  find(low: number, high: number, ports: number, family: number): number {
    const mask = this.#buckets.length - 1;
    for (let bucket = mix(low, high, ports) & mask; ; bucket = (bucket + 1) & mask) {
      const slot = this.#buckets[bucket] - 1;
      if (slot < 0 || this.#matches(slot, low, high, ports, family)) return slot;
    }
  }

  /** Files `slot` under a key that is not there yet. */
  add(slot: number, low: number, high: number, ports: number, family: number): void {
    if (slot >= this.#low.length) this.#growKeys(slot + 1);
    this.#low[slot] = low;
    this.#high[slot] = high;
    this.#ports[slot] = ports;
    this.#family[slot] = family;
    this.#count += 1;
    if (this.#count > this.#buckets.length * LARGEST_LOAD) this.#growBuckets();
    this.#place(slot);
  }

  /** Takes `slot` out; the probe sequences that ran over it are closed up. */
  remove(slot: number): void {
    const mask = this.#buckets.length - 1;
    let hole = this.#home(slot) & mask;
    while (this.#buckets[hole] !== slot + 1) hole = (hole + 1) & mask;
    for (let bucket = (hole + 1) & mask; this.#buckets[bucket] !== 0; bucket = (bucket + 1) & mask) {
      const home = this.#home(this.#buckets[bucket] - 1) & mask;
      if (((bucket - home) & mask) < ((bucket - hole) & mask)) continue;
      this.#buckets[hole] = this.#buckets[bucket];
      hole = bucket;
    }
    this.#buckets[hole] = 0;
    this.#count -= 1;
  }

  #matches(slot: number, low: number, high: number, ports: number, family: number): boolean {
    return (
      this.#ports[slot] === ports &&
      this.#low[slot] === low &&
      this.#high[slot] === high &&
      this.#family[slot] === family
    );
  }

  #home(slot: number): number {
    return mix(this.#low[slot], this.#high[slot], this.#ports[slot]);
  }

  #place(slot: number): void {
    const mask = this.#buckets.length - 1;
    let bucket = this.#home(slot) & mask;
    while (this.#buckets[bucket] !== 0) bucket = (bucket + 1) & mask;
    this.#buckets[bucket] = slot + 1;
  }

  #growBuckets(): void {
    const filed = this.#buckets.filter((entry) => entry !== 0);
    this.#buckets = new Int32Array(this.#buckets.length * 2);
    for (const entry of filed) this.#place(entry - 1);
  }

  #growKeys(least: number): void {
    const size = Math.max(least, this.#low.length * 2);
    const grow = (from: Uint32Array) => {
      const larger = new Uint32Array(size);
      larger.set(from);
      return larger;
    };
    this.#low = grow(this.#low);
    this.#high = grow(this.#high);
    this.#ports = grow(this.#ports);
    const family = new Uint8Array(size);
    family.set(this.#family);
    this.#family = family;
  }
}

/** Spreads a key over 32 bits (the finaliser of MurmurHash3, Austin Appleby, public domain). */
function mix(low: number, high: number, ports: number): number {
  let value = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca77) ^ Math.imul(ports, 0xc2b2ae3d);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
