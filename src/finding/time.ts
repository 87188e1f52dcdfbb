const NANOSECONDS_PER_SECOND = 1_000_000_000n;
const MILLISECONDS_PER_SECOND = 1000n;
/** The years that RFC 3339 can write, 0000 to 9999, in seconds since 1970: damaged captures know others. */
const EARLIEST = -62_167_219_200n;
const LATEST = 253_402_300_799n;

/** RFC 3339 with nanoseconds, in UTC, of nanoseconds since 1970. */
export function rfc3339(nanoseconds: bigint): string {
  let seconds = nanoseconds / NANOSECONDS_PER_SECOND;
  let rest = nanoseconds % NANOSECONDS_PER_SECOND;
  if (rest < 0n) {
    rest += NANOSECONDS_PER_SECOND;
    seconds -= 1n;
  }
  if (seconds < EARLIEST) seconds = EARLIEST;
  if (seconds > LATEST) seconds = LATEST;
  const date = new Date(Number(seconds * MILLISECONDS_PER_SECOND)).toISOString();
  return `${date.slice(0, 19)}.${rest.toString().padStart(9, '0')}Z`;
}

/** A time of a capture, given as nanoseconds since its first frame. */
export function timeAt(base: bigint, sinceFirst: number): string {
  return rfc3339(base + BigInt(Math.round(sinceFirst)));
}
