import { firstAbove, type Values } from './sorted.js';

/** Where values of one key lie close together: so many within so much. */
export class Bursts {
  readonly #starts = new Map<string, Float64Array>();

  constructor(
    private readonly values: Values,
    private readonly least: number,
    private readonly within: number,
  ) {}

  /** The first value of the last burst of `key` that begins between two bounds; null without one. */
  lastBetween(key: string, from: number, to: number): number | null {
    const starts = this.#startsOf(key);
    const at = firstAbove(starts, to, true) - 1;
    return at >= 0 && starts[at] >= from ? starts[at] : null;
  }

  #startsOf(key: string): Float64Array {
    let starts = this.#starts.get(key);
    if (starts === undefined) {
      const all = this.values.inOrder(key);
      const { least, within } = this;
      starts = Float64Array.from(all).filter((value, i) => all[i + least - 1] - value <= within);
      this.#starts.set(key, starts);
    }
    return starts;
  }
}
