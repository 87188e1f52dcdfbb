/** Values of items by key, each list in ascending order; items without a value are left out. */
export function sorted<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  measure: (item: Item) => number | null,
): Map<string, Float64Array> {
  const lists = new Map<string, number[]>();
  for (const item of items) {
    const value = measure(item);
    if (value === null) continue;
    const key = keyOf(item);
    const list = lists.get(key);
    if (list === undefined) lists.set(key, [value]);
    else list.push(value);
  }
  return new Map([...lists].map(([key, list]) => [key, Float64Array.from(list).sort()]));
}

/** How many of ascending values lie between two bounds, both included. */
export function countBetween(values: Float64Array | undefined, from: number, to: number): number {
  return values === undefined ? 0 : firstAbove(values, to, true) - firstAbove(values, from, false);
}

/** Index of the first value above `bound`, or at it when `strictly` is false. */
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
