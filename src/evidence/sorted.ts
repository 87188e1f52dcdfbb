/** Numbers by key, of which it can be asked how many lie between two bounds. All are added before the first question. */
export class Values {
  readonly #byKey = new Map<string, number[] | Float64Array>();
  #inOrder = false;

  add(key: string, value: number): void {
    if (this.#inOrder) throw new Error('a value that comes after a question');
    const list = this.#byKey.get(key);
    if (list === undefined) this.#byKey.set(key, [value]);
    else (list as number[]).push(value);
  }

  /** How many values of `key` lie between two bounds, both included. */
  between(key: string, from: number, to: number): number {
    if (!this.#inOrder) this.#putInOrder();
    const values = this.#byKey.get(key);
    return values === undefined ? 0 : firstAbove(values, to, true) - firstAbove(values, from, false);
  }

  /** All values of `key`, ascending. */
  inOrder(key: string): ArrayLike<number> {
    if (!this.#inOrder) this.#putInOrder();
    return this.#byKey.get(key) ?? [];
  }

  /** Up to `most` values of `key` on each side of one of them, in order; that one is in the middle. */
  around(key: string, value: number, most: number): { before: number[]; after: number[] } {
    if (!this.#inOrder) this.#putInOrder();
    const values = this.#byKey.get(key) ?? [];
    const from = firstAbove(values, value, false);
    const to = firstAbove(values, value, true);
    const part = (start: number, end: number) => Array.from(values.slice(Math.max(0, start), end));
    return { before: part(from - most, from), after: part(to, to + most) };
  }

  #putInOrder(): void {
    this.#inOrder = true;
    for (const [key, values] of this.#byKey) {
      if (values.length > 1) this.#byKey.set(key, new Float64Array(values).sort());
    }
  }
}

/** Numbers by key and by moment: how many lie between two bounds at about one time. Moments are `width` long. */
export class Momentary {
  readonly #values = new Values();

  constructor(private readonly width: number) {}

  add(key: string, time: number, value: number): void {
    this.#values.add(`${key} ${this.#momentOf(time)}`, value);
  }

  /** How many values of `key` between two bounds belong to the moment of `time` or to one beside it. */
  near(key: string, time: number, from: number, to: number): number {
    const moment = this.#momentOf(time);
    return [moment - 1, moment, moment + 1]
      .map((one) => this.#values.between(`${key} ${one}`, from, to))
      .reduce((sum, count) => sum + count, 0);
  }

  #momentOf(time: number): number {
    return Math.floor(time / this.width);
  }
}

/** Index of the first of ascending values above `bound`, or at it when `strictly` is false. */
export function firstAbove(values: ArrayLike<number>, bound: number, strictly: boolean): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const above = strictly ? values[middle] > bound : values[middle] >= bound;
    if (above) high = middle;
    else low = middle + 1;
  }
  return low;
}
