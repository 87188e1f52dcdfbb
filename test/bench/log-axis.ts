/** Where values stand on a logarithmic axis of whole decades. */
export interface LogAxis {
  /** The powers of ten from end to end. */
  readonly ticks: readonly number[];
  /** Pixels of a value, between the two that the axis was made with. */
  readonly at: (value: number) => number;
}

/** An axis that holds all the values, from pixel `from` at its low end to pixel `to` at its high end. */
export function logAxis(values: readonly number[], from: number, to: number): LogAxis {
  if (values.length === 0 || values.some((value) => !(value > 0)))
    throw new RangeError('a logarithmic axis takes values above zero');
  const low = Math.floor(exponentOf(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(exponentOf(Math.max(...values))));
  const ticks = Array.from({ length: high - low + 1 }, (_, index) => Number(`1e${low + index}`));
  return { ticks, at: (value) => from + ((exponentOf(value) - low) / (high - low)) * (to - from) };
}

/** `Math.log10` is exact for powers of ten in V8, but need not be. */
function exponentOf(value: number): number {
  const exponent = Math.log10(value);
  const whole = Math.round(exponent);
  return Number(`1e${whole}`) === value ? whole : exponent;
}
