/** Bytes in one MB: as file sizes are told, and `tcpdump -C` counts. */
export const MEGABYTE = 1_000_000;
const GIGABYTE = 1000 * MEGABYTE;
const MILLISECONDS = 1000;
const DIGITS = 3;

/** `41.2 ms`, `12.3 s`. */
export function secondsText(seconds: number): string {
  return seconds < 1 ? `${digits(seconds * MILLISECONDS)} ms` : `${digits(seconds)} s`;
}

/** `98.5 MB`, `1.2 GB`. */
export function bytesText(bytes: number): string {
  return bytes < GIGABYTE ? `${digits(bytes / MEGABYTE)} MB` : `${digits(bytes / GIGABYTE)} GB`;
}

/** `4.1 M`, `390 k`. */
export function rateText(aSecond: number): string {
  const [million, thousand] = [1_000_000, 1000];
  if (aSecond >= million) return `${digits(aSecond / million)} M`;
  return `${digits(aSecond / thousand)} k`;
}

/** `2.93`, `12.4`, `0.0125`: so exact as a measurement is. */
export function timesText(factor: number): string {
  return digits(factor);
}

/** `5 M`, `20 000`. */
export function countText(number: number): string {
  const million = 1_000_000;
  if (number > 0 && number % million === 0) return `${number / million} M`;
  return String(number).replace(/\B(?=(\d{3})+$)/g, ' ');
}

/** Three that count, without an exponent. */
function digits(value: number): string {
  return String(Number(value.toPrecision(DIGITS)));
}
