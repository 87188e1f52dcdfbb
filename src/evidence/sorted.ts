/** Numbers by key, of which it can be asked how many lie between two bounds. All are added before the first question. */
export class Values {
  readonly #added = new Map<string, number[]>();
  readonly #sorted = new Map<string, Float64Array>();

  add(key: string, value: number): void {
    const list = this.#added.get(key);
    if (list === undefined) this.#added.set(key, [value]);
    else list.push(value);
  }

  /** How many values of `key` lie between two bounds, both included. */
  between(key: string, from: number, to: number): number {
    const values = this.#sorted.get(key) ?? this.#sort(key);
    return firstAbove(values, to, true) - firstAbove(values, from, false);
  }

  #sort(key: string): Float64Array {
    const values = new Float64Array(this.#added.get(key) ?? []).sort();
    this.#added.delete(key);
    this.#sorted.set(key, values);
    return values;
  }
}

/** Index of the first of ascending values above `bound`, or at it when `strictly` is false. */
export function firstAbove(values: Float64Array, bound: number, strictly: boolean): number {
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
