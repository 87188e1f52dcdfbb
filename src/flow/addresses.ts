/** Bytes of an IPv6 address. */
const IPV6_LENGTH = 16;
const INITIAL_BUCKETS = 256;
/** Multiplier of the FNV-1a hash, http://www.isthe.com/chongo/tech/comp/fnv/ */
const FNV_PRIME = 0x01000193;
const FNV_BASIS = 0x811c9dc5;

/** An address table on its way to another thread. */
export interface DetachedAddresses {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly buckets: Int32Array<ArrayBuffer>;
  readonly count: number;
}

/**
 * Addresses as integers: IPv4 as its 32 bits, IPv6 as the row of a table of distinct addresses. No strings until
 * someone reads a report.
 */
export class AddressTable {
  #bytes = new Uint8Array(INITIAL_BUCKETS * IPV6_LENGTH);
  #buckets = new Int32Array(INITIAL_BUCKETS);
  #count = 0;

  /** @param detached what the table of another thread gave away; without it the table is empty */
  constructor(detached?: DetachedAddresses) {
    if (detached === undefined) return;
    this.#bytes = detached.bytes;
    this.#buckets = detached.buckets;
    this.#count = detached.count;
  }

  /** Gives everything away, for another thread. */
  detach(): DetachedAddresses {
    return { bytes: this.#bytes, buckets: this.#buckets, count: this.#count };
  }

  /** The row of the IPv6 address at `at`, added if it is new. */
  intern(bytes: Uint8Array, at: number): number {
    const mask = this.#buckets.length - 1;
    let bucket = hash(bytes, at) & mask;
    for (let row = this.#buckets[bucket]; row !== 0; row = this.#buckets[bucket]) {
      if (this.#equals(row - 1, bytes, at)) return row - 1;
      bucket = (bucket + 1) & mask;
    }
    return this.#add(bytes, at, bucket);
  }

  /** The row that an IPv6 address of another table has in this one, or -1. */
  rowOf(other: AddressTable, row: number): number {
    const at = row * IPV6_LENGTH;
    const mask = this.#buckets.length - 1;
    let bucket = hash(other.#bytes, at) & mask;
    for (let own = this.#buckets[bucket]; own !== 0; own = this.#buckets[bucket]) {
      if (this.#equals(own - 1, other.#bytes, at)) return own - 1;
      bucket = (bucket + 1) & mask;
    }
    return -1;
  }

  /** The address as text: dotted for family 4, RFC 5952 for family 6. */
  format(family: number, address: number): string {
    if (family === 4) return [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff).join('.');
    return formatIpv6(this.#bytes.subarray(address * IPV6_LENGTH, (address + 1) * IPV6_LENGTH));
  }

  #equals(row: number, bytes: Uint8Array, at: number): boolean {
    const from = row * IPV6_LENGTH;
    for (let i = 0; i < IPV6_LENGTH; i += 1) if (this.#bytes[from + i] !== bytes[at + i]) return false;
    return true;
  }

  #add(bytes: Uint8Array, at: number, bucket: number): number {
    const row = this.#count;
    this.#count += 1;
    if (this.#count * IPV6_LENGTH > this.#bytes.length) this.#bytes = doubled(this.#bytes);
    this.#bytes.set(bytes.subarray(at, at + IPV6_LENGTH), row * IPV6_LENGTH);
    this.#buckets[bucket] = row + 1;
    if (this.#count * 2 > this.#buckets.length) this.#rehash();
    return row;
  }

  #rehash(): void {
    const buckets = new Int32Array(this.#buckets.length * 2);
    const mask = buckets.length - 1;
    for (let row = 0; row < this.#count; row += 1) {
      let bucket = hash(this.#bytes, row * IPV6_LENGTH) & mask;
      while (buckets[bucket] !== 0) bucket = (bucket + 1) & mask;
      buckets[bucket] = row + 1;
    }
    this.#buckets = buckets;
  }
}

function hash(bytes: Uint8Array, at: number): number {
  let value = FNV_BASIS;
  for (let i = 0; i < IPV6_LENGTH; i += 1) value = Math.imul(value ^ bytes[at + i], FNV_PRIME);
  return (value ^ (value >>> 15)) >>> 0;
}

function doubled(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(bytes.length * 2);
  larger.set(bytes);
  return larger;
}

/** IPv6 text by RFC 5952: lower case, the first longest run of two or more zero groups as `::`. */
function formatIpv6(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, i) => (bytes[2 * i] << 8) | bytes[2 * i + 1]);
  let best = { from: -1, length: 1 };
  for (let from = 0; from < 8; from += 1) {
    let length = 0;
    while (from + length < 8 && groups[from + length] === 0) length += 1;
    if (length > best.length) best = { from, length };
  }
  const text = groups.map((group) => group.toString(16));
  if (best.from < 0) return text.join(':');
  return `${text.slice(0, best.from).join(':')}::${text.slice(best.from + best.length).join(':')}`;
}
