const NANOSECOND_DIGITS = 9;
/** Steps that people count time in, in seconds. */
const STEPS = [
  1e-3, 0.01, 0.1, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400,
];

/** Seconds from one report time to another. */
export function secondsBetween(from: string, to: string): number {
  const [a, b] = [parts(from), parts(to)];
  return b.seconds - a.seconds + (b.fraction - a.fraction);
}

function parts(time: string): { seconds: number; fraction: number } {
  const dot = time.lastIndexOf('.');
  const fraction = Number(`0.${time.slice(dot + 1, dot + 1 + NANOSECOND_DIGITS)}`);
  return { seconds: Date.parse(`${time.slice(0, dot)}Z`) / 1e3, fraction };
}

/** Places for marks on an axis from 0 to `length` seconds: about `most` of them, at times that people count in. */
export function ticks(length: number, most: number): number[] {
  const step = STEPS.find((one) => length / one <= most) ?? Math.ceil(length / most);
  return Array.from({ length: Math.floor(length / step) + 1 }, (_, i) => i * step);
}
