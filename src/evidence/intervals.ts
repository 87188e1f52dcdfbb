import { firstAbove } from './sorted.js';

/** Spans of time that can be asked whether any of them touches another one, in logarithmic time. */
export class Intervals {
  readonly #starts: Float64Array;
  /** The latest end among all spans that start no later. */
  readonly #latestEnds: Float64Array;

  constructor(spans: readonly (readonly [from: number, to: number])[]) {
    const ordered = [...spans].sort((a, b) => a[0] - b[0]);
    this.#starts = Float64Array.from(ordered, ([from]) => from);
    let latest = Number.NEGATIVE_INFINITY;
    this.#latestEnds = Float64Array.from(ordered, ([, to]) => {
      latest = Math.max(latest, to);
      return latest;
    });
  }

  /** Whether any span has a moment in common with the one from `from` to `to`. */
  touch(from: number, to: number): boolean {
    const after = firstAbove(this.#starts, to, true);
    return after > 0 && this.#latestEnds[after - 1] >= from;
  }
}
