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
  #closest: ClosestSightings | null = null;

  /**
   * @param closest 1 where small differences bound the clock (the way to the server), -1 where large ones do
   * @param lastTime end of the client's capture, in nanoseconds
   */
  constructor(
    private readonly closest: 1 | -1,
    private readonly lastTime: number,
  ) {}

  /** @param at from 0 to the end of the client's capture */
  add(at: number, difference: number): void {
    this.count += 1;
    if (this.#closest !== null) this.#closest.add(at, difference);
    else if (this.#kept.push({ at, difference }) === MOST_KEPT) this.#thin();
  }

  get all(): readonly Sighting[] {
    return this.#closest?.all ?? this.#kept;
  }

  #thin(): void {
    this.#closest = new ClosestSightings(this.closest, this.lastTime);
    for (const { at, difference } of this.#kept) this.#closest.add(at, difference);
    this.#kept = [];
  }
}

/** The sighting of each stretch of time that bounds the clock most closely. */
class ClosestSightings {
  readonly #times = new Float64Array(STRETCHES).fill(Number.NaN);
  readonly #differences = new Float64Array(STRETCHES);
  readonly #stretch: number;

  constructor(
    private readonly closest: 1 | -1,
    lastTime: number,
  ) {
    this.#stretch = (lastTime + 1) / STRETCHES;
  }

  add(at: number, difference: number): void {
    const index = Math.min(Math.floor(at / this.#stretch), STRETCHES - 1);
    const isFirst = Number.isNaN(this.#times[index]);
    if (!isFirst && this.closest * (difference - this.#differences[index]) >= 0) return;
    this.#times[index] = at;
    this.#differences[index] = difference;
  }

  /** In the order of time. */
  get all(): Sighting[] {
    return [...this.#times]
      .map((at, index) => ({ at, difference: this.#differences[index] }))
      .filter(({ at }) => !Number.isNaN(at));
  }
}
