import { type ClockLine, clockLine, type Sightings } from './clock-line.js';
import type { Sighting } from './sightings.js';

/** The difference of the clocks between two steps of either of them. */
export interface ClockPiece extends ClockLine {
  /** First and last time at the client's vantage that it was seen at, in nanoseconds. */
  readonly first: number;
  readonly last: number;
}

/** Sightings that contradict each other by less are told apart by what hosts and their timestamps do, not by a step. */
const LEAST_STEP = 1e6;
/** Sightings that a stretch between two steps rests on: a mistaken one or two make no step. */
const LEAST_SIGHTINGS = 4;
/** Clocks step rarely: what falls into more pieces than this was not torn by steps. */
const MOST_PIECES = 6;
/**
 * One direction alone that is suddenly later by this much, and stays so while the other is silent, is a step too: no
 * causality says so, but hardly a path holds everything back that long. One late segment alone is only late.
 */
const LEAST_JUMP = 5e8;
const LEAST_LATE = 2;

/** A sighting with its direction: 1 to the server, -1 to the client. */
interface Directed extends Sighting {
  readonly way: 1 | -1;
}

/**
 * The clock's difference as one line, or as several where a clock was set in between: sightings of the two directions
 * that no line can hold together are cut where both parts hold.
 */
export function clockPieces(all: Sightings): ClockPiece[] {
  const line = clockLine(all);
  const torn = line.room < -LEAST_STEP;
  if (!torn && latecomers(all, line) < LEAST_LATE) return [{ ...line, ...spanOf(all) }];
  const directed = (list: readonly Sighting[], way: 1 | -1) =>
    list.map(({ at, difference }): Directed => ({ at, difference, way }));
  const everything = [...directed(all.toServer, 1), ...directed(all.toClient, -1)];
  const byClient = [...everything].sort((a, b) => a.at - b.at);
  if (!torn) return piecesOf(withoutLateTail(byClient));
  // A clock that is set back tells some times twice: then the other one knows the order.
  const byServer = [...everything].sort((a, b) => a.at + a.difference - (b.at + b.difference));
  const cuts = [byClient, byServer].map(cutAtSteps).filter((parts) => parts !== null);
  const [fewest] = cuts.sort((a, b) => a.length - b.length);
  return fewest === undefined ? [{ ...line, ...spanOf(all) }] : piecesOf(fewest);
}

/** How many segments came late after the last one of the other direction. */
function latecomers({ toServer, toClient }: Sightings, line: ClockLine): number {
  const lastUp = latest(toServer);
  const lastDown = latest(toClient);
  const [way, tail, from] =
    lastUp > lastDown ? ([1, toServer, lastDown] as const) : ([-1, toClient, lastUp] as const);
  return tail.filter((one) => one.at > from && delay({ ...one, way }, line) >= LEAST_JUMP).length;
}

function latest(sightings: readonly Sighting[]): number {
  return sightings.reduce((last, { at }) => Math.max(last, at), Number.NEGATIVE_INFINITY);
}

function spanOf({ toServer, toClient }: Sightings): { first: number; last: number } {
  const earliest = (list: readonly Sighting[]) =>
    list.reduce((first, { at }) => Math.min(first, at), Number.POSITIVE_INFINITY);
  return {
    first: Math.min(earliest(toServer), earliest(toClient)),
    last: Math.max(latest(toServer), latest(toClient)),
  };
}

/** Whether one line can hold them, as far as times can be trusted. */
function holds(sightings: readonly Directed[]): boolean {
  const { toServer, toClient } = apart(sightings);
  return (
    toServer.length === 0 || toClient.length === 0 || clockLine({ toServer, toClient }).room >= -LEAST_STEP
  );
}

function apart(sightings: readonly Directed[]): Sightings {
  return {
    toServer: sightings.filter(({ way }) => way === 1),
    toClient: sightings.filter(({ way }) => way === -1),
  };
}

/** Stretches that hold, each as long as it can be; null when they are too many or rest on too little. */
function cutAtSteps(ordered: readonly Directed[]): Directed[][] | null {
  const parts: Directed[][] = [];
  let from = 0;
  while (from < ordered.length) {
    if (parts.length === MOST_PIECES) return null;
    const to = from + longestHolding(ordered.slice(from));
    parts.push(ordered.slice(from, to));
    from = to;
  }
  for (let i = parts.length - 1; i > 0; i -= 1) moveCut(parts[i - 1], parts[i]);
  return parts.every(({ length }) => length >= LEAST_SIGHTINGS) ? parts : null;
}

/** How many sightings from the first on hold together; what holds, holds for fewer too. */
function longestHolding(ordered: readonly Directed[]): number {
  let holding = 1;
  let torn = ordered.length + 1;
  while (torn - holding > 1) {
    const half = (holding + torn) >>> 1;
    if (holds(ordered.slice(0, half))) holding = half;
    else torn = half;
  }
  return holding;
}

/** A step shows only in one direction at first: what travelled for less time after it belongs there. */
function moveCut(before: Directed[], after: Directed[]): void {
  const [left, right] = [smallestDelayLine(before), smallestDelayLine(after)];
  for (let last = before.at(-1); last !== undefined; last = before.at(-1)) {
    const later = delay(last, right);
    if (later < -LEAST_STEP || later >= delay(last, left)) return;
    before.pop();
    after.unshift(last);
  }
}

function smallestDelayLine(part: readonly Directed[]): ClockLine {
  return lineOf(apart(part), 0);
}

/** How long a segment travelled if a line is true. */
function delay({ at, difference, way }: Directed, { offset, drift }: ClockLine): number {
  return way * (difference - offset - drift * at);
}

/** The segments at the end that only one direction has, cut off where they are suddenly and lastingly late. */
function withoutLateTail(ordered: readonly Directed[]): Directed[][] {
  const lastWay = ordered.at(-1)?.way;
  const tailFrom = ordered.findLastIndex(({ way }) => way !== lastWay) + 1;
  const head = apart(ordered.slice(0, tailFrom));
  if (head.toServer.length === 0 || head.toClient.length === 0) return [[...ordered]];
  const line = clockLine(head);
  const prompt = ordered.findLastIndex((one) => delay(one, line) < LEAST_JUMP + line.uncertainty);
  const cut = Math.max(prompt + 1, tailFrom);
  if (ordered.length - cut < LEAST_LATE) return [[...ordered]];
  return [ordered.slice(0, cut), ordered.slice(cut)];
}

function piecesOf(parts: readonly (readonly Directed[])[]): ClockPiece[] {
  const whole = parts
    .map(apart)
    .filter(({ toServer, toClient }) => toServer.length > 0 && toClient.length > 0);
  const room = Math.min(...whole.map((part) => clockLine(part).uncertainty));
  return parts.map(apart).map((part) => ({ ...lineOf(part, room), ...spanOf(part) }));
}

/** The line of a stretch; where only one direction was seen, as if the other took as long as it did elsewhere. */
function lineOf(part: Sightings, room: number): ClockLine {
  if (part.toServer.length > 0 && part.toClient.length > 0) return clockLine(part);
  const upper = part.toServer.reduce((least, { difference }) => Math.min(least, difference), Infinity);
  const lower = part.toClient.reduce((most, { difference }) => Math.max(most, difference), -Infinity);
  return {
    offset: Number.isFinite(upper) ? upper - room : lower + room,
    drift: 0,
    uncertainty: room,
    room: 2 * room,
  };
}
