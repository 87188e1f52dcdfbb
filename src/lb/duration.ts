/** The one place where durations are read and printed. */

const SECONDS_PER_MINUTE = 60;
const SECONDS_PER_HOUR = 3600;
const SECONDS_PER_DAY = 86_400;
const SECONDS_PER_MILLISECOND = 0.001;

const UNIT_SECONDS: Readonly<Record<string, number>> = {
  ms: SECONDS_PER_MILLISECOND,
  s: 1,
  m: SECONDS_PER_MINUTE,
  h: SECONDS_PER_HOUR,
  d: SECONDS_PER_DAY,
};

const COMPACT = /^(\d+(?:\.\d+)?)(ms|[smhd])$/;
/** Several compact durations in a row, as Go and nginx write them: `2h13m20s`. */
const COMPOUND = /^(?:\d+(?:\.\d+)?(?:ms|[smhd]))+$/;
const PARTS = /\d+(?:\.\d+)?(?:ms|[smhd])/g;

/** Digits after the point of a configured duration: milliseconds, the finest unit that a timer is set in. */
const CONFIGURED_DIGITS = 3;

/** Seconds of `minutes`, the unit of most vendors' settings. */
export function minutesToSeconds(minutes: number): number {
  return minutes * SECONDS_PER_MINUTE;
}

/** Minutes of `seconds`. */
export function secondsToMinutes(seconds: number): number {
  return seconds / SECONDS_PER_MINUTE;
}

/** Milliseconds to seconds. */
export function millisecondsToSeconds(milliseconds: number): number {
  return milliseconds * SECONDS_PER_MILLISECOND;
}

/** Seconds of a compact duration such as `20s`, `1.5m` or `2h`; null when the text is none. The unit is required. */
export function parseDuration(text: string): number | null {
  const match = COMPACT.exec(text);
  if (match === null) return null;
  const seconds = Number(match[1]) * UNIT_SECONDS[match[2]];
  return Number.isFinite(seconds) ? seconds : null;
}

/** Seconds of durations in a row such as `2h13m20s`; null when the text is none. */
export function parseCompoundDuration(text: string): number | null {
  if (!COMPOUND.test(text)) return null;
  const parts = (text.match(PARTS) ?? []).map((part) => parseDuration(part) ?? Number.NaN);
  const seconds = parts.reduce((sum, part) => sum + part, 0);
  return Number.isFinite(seconds) ? seconds : null;
}

/** A configured duration in seconds, for a reader: `4 min (240 s)`, `90 s` when it is not whole minutes, or `no timeout`. */
export function formatDuration(seconds: number): string {
  if (seconds === Number.POSITIVE_INFINITY) return 'no timeout';
  const exact = `${Number(seconds.toFixed(CONFIGURED_DIGITS))} s`;
  const minutes = seconds / SECONDS_PER_MINUTE;
  return minutes >= 1 && Number.isInteger(minutes) ? `${minutes} min (${exact})` : exact;
}

/** A measured duration in seconds, for a reader, to a tenth: `240.0 s`. */
export function formatMeasured(seconds: number): string {
  return `${seconds.toFixed(1)} s`;
}
