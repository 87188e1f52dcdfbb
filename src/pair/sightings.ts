/** One segment seen at both vantages: its time at the client's, and how much later the server's clock said it was. */
export interface Sighting {
  readonly at: number;
  readonly difference: number;
}

/** Sightings that are kept one by one; of more, those that bound the clock most closely in their stretch of time. */
const MOST_KEPT = 1 << 16;
const STRETCHES = 1 << 14;

/**
 * Sightings of one direction, however many: where they become too many, each stretch of time keeps the one with the
 * smallest difference (largest for the way to the client), and bounds stay bounds.
 */
export class SightingList {
  count = 0;
  #kept: Sighting[] = [];

  /**
   * @param closest 1 where small differences bound the clock (the way to the server), -1 where large ones do
   * @param lastTime end of the client's capture, in nanoseconds
   */
  constructor(
    private readonly closest: 1 | -1,
    private readonly lastTime: number,
  ) {}

  add(at: number, difference: number): void {
    this.count += 1;
    this.#kept.push({ at, difference });
    if (this.#kept.length >= MOST_KEPT) this.#thin();
  }

  get all(): readonly Sighting[] {
    return this.#kept;
  }

  #thin(): void {
    const best = new Map<number, Sighting>();
    for (const one of this.#kept) {
      const stretch = Math.floor((one.at / (this.lastTime + 1)) * STRETCHES);
      const other = best.get(stretch);
      if (other === undefined || this.closest * (one.difference - other.difference) < 0)
        best.set(stretch, one);
    }
    this.#kept = [...best.values()];
  }
}
