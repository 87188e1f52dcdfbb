const NANOSECONDS_PER_SECOND = 1_000_000_000n;
const MILLISECONDS_PER_SECOND = 1000;
/** The years that RFC 3339 can write, 0000 to 9999, in seconds since 1970: damaged captures know others. */
const EARLIEST = -62_167_219_200;
const LATEST = 253_402_300_799;
const TO_THE_SECOND = '2026-05-21T10:23:45'.length;
const NANOSECOND_DIGITS = 9;

/** RFC 3339 with nanoseconds, in UTC, of nanoseconds since 1970. */
export function rfc3339(nanoseconds: bigint): string {
  let seconds = Number(nanoseconds / NANOSECONDS_PER_SECOND);
  let rest = Number(nanoseconds % NANOSECONDS_PER_SECOND);
  if (rest < 0) {
    rest += Number(NANOSECONDS_PER_SECOND);
    seconds -= 1;
  }
  const second = toTheSecond(Math.min(Math.max(seconds, EARLIEST), LATEST));
  // Joined, it is one string in memory; a template would keep its parts, and a report holds two of these a finding.
  return [second, '.', rest.toString().padStart(NANOSECOND_DIGITS, '0'), 'Z'].join('');
}

let last = { seconds: Number.NaN, text: '' };

/** Date and time of day; the last one is remembered, for the times of one finding are mostly of one second. */
function toTheSecond(seconds: number): string {
  if (last.seconds !== seconds) {
    const text = new Date(seconds * MILLISECONDS_PER_SECOND).toISOString().slice(0, TO_THE_SECOND);
    last = { seconds, text };
  }
  return last.text;
}

/** A time of a capture, given as nanoseconds since its first frame. */
export function timeAt(base: bigint, sinceFirst: number): string {
  return rfc3339(base + BigInt(Math.round(sinceFirst)));
}
