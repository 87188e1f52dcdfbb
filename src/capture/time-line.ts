const NANOSECONDS_PER_SECOND = 1_000_000_000;

/**
 * The time line of one vantage: nanoseconds since its first frame, over all of its files. Exact integers in a double
 * for 104 days; seconds and nanoseconds stay apart until their difference is taken.
 */
export class TimeLine {
  /** Nanoseconds since 1970 of the first frame; null before it. */
  base: bigint | null = null;
  #seconds = 0;
  #nanoseconds = 0;

  /** A time since 1970 as nanoseconds since the first frame; the first one asked for is the first frame's. */
  since(seconds: number, nanoseconds: number): number {
    if (this.base === null) this.#begin(seconds, nanoseconds);
    return (seconds - this.#seconds) * NANOSECONDS_PER_SECOND + (nanoseconds - this.#nanoseconds);
  }

  #begin(seconds: number, nanoseconds: number): void {
    this.#seconds = seconds;
    this.#nanoseconds = nanoseconds;
    this.base = BigInt(seconds) * BigInt(NANOSECONDS_PER_SECOND) + BigInt(nanoseconds);
  }
}
