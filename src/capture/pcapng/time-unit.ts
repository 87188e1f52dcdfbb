const NANOSECONDS_PER_SECOND = 1_000_000_000;
const NANOSECONDS = BigInt(NANOSECONDS_PER_SECOND);
const WORD = 0x1_0000_0000;
const HALF_WORD = 0x1_0000;
/** Up to this many ticks a second, a remainder times a billion is exact in a double: 2^23. */
const MOST_EXACT_TICKS = 0x80_0000;
/** `if_tsresol`: the upper bit chooses powers of 2, else of 10 (draft-ietf-opsawg-pcapng, 4.2). */
const POWERS_OF_TWO = 0x80;
/** What it is when the option is absent: microseconds. */
export const DEFAULT_RESOLUTION = 6;

/**
 * The time stamps of one interface: 64-bit counts of a unit that it chose. The last one read is in `seconds` and
 * `nanoseconds`, so that nothing is allocated; what is finer than a nanosecond is cut off.
 */
export class TimeUnit {
  seconds = 0;
  nanoseconds = 0;
  readonly #ticks: number;
  /** Nanoseconds in a tick where that is a whole number, else 0. */
  readonly #perTick: number;
  /** Ticks a second where doubles are not exact enough, else null. */
  readonly #bigTicks: bigint | null;

  /**
   * @param resolution `if_tsresol` as it stands in the file
   * @param offset seconds to add to every time stamp (`if_tsoffset`)
   */
  constructor(
    resolution: number,
    private readonly offset: number,
  ) {
    const ticks =
      (resolution & POWERS_OF_TWO) !== 0
        ? 2n ** BigInt(resolution & ~POWERS_OF_TWO)
        : 10n ** BigInt(resolution);
    this.#ticks = Number(ticks);
    this.#perTick = NANOSECONDS % ticks === 0n ? Number(NANOSECONDS / ticks) : 0;
    this.#bigTicks = this.#perTick > 0 || ticks <= BigInt(MOST_EXACT_TICKS) ? null : ticks;
  }

  /** Reads a time stamp from its two 32-bit halves. */
  read(high: number, low: number): void {
    if (this.#bigTicks !== null) this.#readBig(high, low, this.#bigTicks);
    else this.#readExact(high, low);
    this.seconds += this.offset;
  }

  /** Long division by 16 bits a step: no intermediate result needs more than the 53 bits of a double. */
  #readExact(high: number, low: number): void {
    const ticks = this.#ticks;
    const first = Math.floor(high / ticks);
    const rest = (high - first * ticks) * HALF_WORD + (low >>> 16);
    const second = Math.floor(rest / ticks);
    const last = (rest - second * ticks) * HALF_WORD + (low & 0xffff);
    const third = Math.floor(last / ticks);
    const left = last - third * ticks;
    this.seconds = first * WORD + second * HALF_WORD + third;
    this.nanoseconds =
      this.#perTick > 0 ? left * this.#perTick : Math.floor((left * NANOSECONDS_PER_SECOND) / ticks);
  }

  #readBig(high: number, low: number, ticks: bigint): void {
    const stamp = (BigInt(high) << 32n) | BigInt(low);
    this.seconds = Number(stamp / ticks);
    this.nanoseconds = Number(((stamp % ticks) * NANOSECONDS) / ticks);
  }
}
