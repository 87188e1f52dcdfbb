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
