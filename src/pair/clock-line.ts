import type { Sighting } from './sightings.js';

export interface Sightings {
  /** Travelled from the client: the server's clock is ahead by at most this. */
  readonly toServer: readonly Sighting[];
  /** Travelled to the client: the server's clock is ahead by at least this. */
  readonly toClient: readonly Sighting[];
}

/** The difference of the clocks over time: `offset` at time 0, growing by `drift`. */
export interface ClockLine {
  readonly offset: number;
  readonly drift: number;
  /** From the first sighting to the last, the true difference lies within ± this of the line. */
  readonly uncertainty: number;
  /** The most that causality leaves between both directions, over all drifts; below 0: no line holds them together. */
  readonly room: number;
}

/** Faster or slower than this no working clock runs (adjtimex allows 500 ppm of slewing on top of its own error). */
const LARGEST_DRIFT = 2e-3;
/** Halvings of a search interval: the result is exact to far below a nanosecond an hour. */
const SEARCH_STEPS = 80;

/**
 * The line in the middle of all that causality leaves: level where that is possible, for most clocks are disciplined.
 * Neither list may be empty.
 */
export function clockLine(all: Sightings): ClockLine {
  const sightings = { toServer: corners(all.toServer, 1), toClient: corners(all.toClient, -1) };
  const best = bestDrift(sightings);
  const widest = boundsAt(sightings, best);
  const room = widest.upper - widest.lower;
  if (room < 0) return { offset: middle(widest), drift: best, uncertainty: -room / 2, room };
  const slowest = boundsAt(sightings, lastPossible(sightings, best, -LARGEST_DRIFT));
  const fastest = boundsAt(sightings, lastPossible(sightings, best, LARGEST_DRIFT));
  // Every possible line lies between these at the first and at the last sighting, and therefore in between.
  const { first, last } = span(sightings);
  const early = { upper: valueAt(slowest, 'upper', first), lower: valueAt(fastest, 'lower', first) };
  const late = { upper: valueAt(fastest, 'upper', last), lower: valueAt(slowest, 'lower', last) };
  if (isPossible(sightings, 0)) {
    const both = { upper: Math.max(early.upper, late.upper), lower: Math.min(early.lower, late.lower) };
    return { offset: middle(both), drift: 0, uncertainty: (both.upper - both.lower) / 2, room };
  }
  const drift = (middle(late) - middle(early)) / (last - first);
  const uncertainty = Math.max(early.upper - early.lower, late.upper - late.lower) / 2;
  return { offset: middle(early) - drift * first, drift, uncertainty, room };
}

interface Bounds {
  readonly upper: number;
  readonly lower: number;
}

function middle({ upper, lower }: Bounds): number {
  return (upper + lower) / 2;
}

/** What a drift leaves for the offset at time 0; upper below lower: nothing. */
function boundsAt(sightings: Sightings, drift: number): Bounds & { readonly drift: number } {
  let upper = Number.POSITIVE_INFINITY;
  let lower = Number.NEGATIVE_INFINITY;
  for (const { at, difference } of sightings.toServer) upper = Math.min(upper, difference - drift * at);
  for (const { at, difference } of sightings.toClient) lower = Math.max(lower, difference - drift * at);
  return { upper, lower, drift };
}

function valueAt(bounds: ReturnType<typeof boundsAt>, which: keyof Bounds, at: number): number {
  return bounds[which] + bounds.drift * at;
}

function isPossible(sightings: Sightings, drift: number): boolean {
  const { upper, lower } = boundsAt(sightings, drift);
  return upper >= lower;
}

/** The drift that leaves the widest room. The room is concave in the drift, so a ternary search finds it. */
function bestDrift(sightings: Sightings): number {
  const room = (drift: number) => {
    const { upper, lower } = boundsAt(sightings, drift);
    return upper - lower;
  };
  let from = -LARGEST_DRIFT;
  let to = LARGEST_DRIFT;
  for (let step = 0; step < SEARCH_STEPS; step += 1) {
    const third = (to - from) / 3;
    if (room(from + third) < room(to - third)) from += third;
    else to -= third;
  }
  return (from + to) / 2;
}

/** The drift farthest from a possible one towards `limit` that is still possible. */
function lastPossible(sightings: Sightings, possible: number, limit: number): number {
  if (isPossible(sightings, limit)) return limit;
  let inside = possible;
  let outside = limit;
  for (let step = 0; step < SEARCH_STEPS; step += 1) {
    const half = (inside + outside) / 2;
    if (isPossible(sightings, half)) inside = half;
    else outside = half;
  }
  return inside;
}

function span({ toServer, toClient }: Sightings): { first: number; last: number } {
  const times = [toServer[0], toServer[toServer.length - 1], toClient[0], toClient[toClient.length - 1]].map(
    ({ at }) => at,
  );
  return { first: Math.min(...times), last: Math.max(...times) };
}

/** The sightings that can bound a line, by time: the lower (1) or upper (-1) convex hull (Andrew's monotone chain). */
function corners(sightings: readonly Sighting[], side: 1 | -1): Sighting[] {
  const kept: Sighting[] = [];
  const byTime = [...sightings].sort((a, b) => a.at - b.at || side * (a.difference - b.difference));
  for (const next of byTime) {
    while (kept.length > 1 && side * turn(kept[kept.length - 2], kept[kept.length - 1], next) <= 0)
      kept.pop();
    kept.push(next);
  }
  return kept;
}

/** Positive when the way from `a` over `b` to `c` turns upwards. */
function turn(a: Sighting, b: Sighting, c: Sighting): number {
  return (b.at - a.at) * (c.difference - a.difference) - (b.difference - a.difference) * (c.at - a.at);
}
