import type { Usage } from './measure.js';

/** The middle one of an odd number of values, the mean of the middle two of an even one. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('there is no median of nothing');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Each quantity's own median; null where no run knows it. */
export function medianUsage(runs: readonly Usage[]): Usage {
  const known = (values: readonly (number | null)[]) => values.filter((value) => value !== null);
  const orNull = (values: readonly number[]) => (values.length === 0 ? null : median(values));
  return {
    wall: median(runs.map(({ wall }) => wall)),
    cpu: orNull(known(runs.map(({ cpu }) => cpu))),
    peak: orNull(known(runs.map(({ peak }) => peak))),
  };
}
