import type { Endpoint } from '../../result.js';

const PERCENT = 100;
const MILLI = 1e3;
const MILLI_DIGITS = 3;
const THOUSANDS = /\B(?=(\d{3})+$)/g;
/** Keeps 0.57 from becoming 56 % through binary fractions. */
const ROUNDING_SLACK = 1e-9;

/** `12,345` */
export function count(n: number): string {
  return String(n).replace(THOUSANDS, ',');
}

/** `1 reset`, `12,345 resets` */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

/** Seconds as timers are configured and compared: never minutes, two decimals as long as they mean something. */
export function seconds(value: number): string {
  const size = Math.abs(value);
  if (size < 1 && size > 0) return `${Number((value * MILLI).toPrecision(MILLI_DIGITS))} ms`;
  if (size < 1e3) return `${value.toFixed(2)} s`;
  return size < 1e4 ? `${value.toFixed(1)} s` : `${value.toFixed(0)} s`;
}

/** `240.01 s`, or `240.00 s to 240.05 s` where the two do not read the same. */
export function secondsRange(lower: number, upper: number): string {
  const [from, to] = [seconds(lower), seconds(upper)];
  return from === to ? from : `${from} to ${to}`;
}

/** Rounded down, so that the number never promises more than the word beside it. */
export function percent(probability: number): string {
  return `${Math.floor(probability * PERCENT + ROUNDING_SLACK)} %`;
}

const DATE_LENGTH = '2026-05-21'.length;
const MILLISECONDS_LENGTH = '.123'.length;

/** The day of a report time: `2026-05-21`. */
export function dayOf(time: string): string {
  return time.slice(0, time.indexOf('T', DATE_LENGTH));
}

/** The time of day with milliseconds: `10:23:45.123`. */
export function clockOf(time: string): string {
  const clock = time.slice(dayOf(time).length + 1);
  const dot = clock.indexOf('.');
  return dot < 0 ? clock : clock.slice(0, dot + MILLISECONDS_LENGTH);
}

/** `10.0.0.4:443`, `[2001:db8::1]:443` */
export function address({ ip, port }: Endpoint): string {
  return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`;
}
