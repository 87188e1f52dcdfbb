import { SYN_ACK_SEEN, SYN_REPEATED, SYN_SEEN } from '../flow/connection-flags.js';
import type { Renumbering } from '../flow/connection-reader.js';
import type { VantageRecord } from '../flow/vantage-record.js';
import type { Sightings } from './clock-line.js';
import { type ClockPiece, clockPieces } from './clock-steps.js';
import { noteLifeSightings } from './life-sightings.js';
import type { Pairs } from './pairs.js';
import type { RequestPairs } from './requests/request-pairs.js';
import { noteSegmentSightings } from './segment-sightings.js';
import { SightingList } from './sightings.js';
import { noteRequestSightings, noteStreamSightings } from './stream-sightings.js';

/**
 * The server capture's clock against the client capture's. Times of the server's vantage become comparable with
 * those of the client's through `toClient`; everything that follows works on the client's time line.
 */
export interface Clock {
  /** Server clock minus client clock when the client's capture began, in nanoseconds. */
  readonly offset: number;
  /** How much faster the server's clock runs: seconds gained a second. */
  readonly drift: number;
  /**
   * From the first sighting to the last, the true offset lies within ± this, in nanoseconds: half the smallest round
   * trip between the vantages, and what an undetected drift can add to it.
   */
  readonly uncertainty: number;
  /** Where a clock was set in between: how much the offset changed, at which time of the client's capture. */
  readonly steps: readonly ClockStep[];
  /** Sightings of one segment at both vantages that this rests on. */
  readonly samples: number;
  /** A time of the server's capture on the client's time line, both in nanoseconds since their first frames. */
  toClient(serverTime: number): number;
}

/** One of the clocks was set. */
export interface ClockStep {
  /** The last time of the client's capture, in nanoseconds since its first frame, that the offset before it holds for. */
  readonly after: number;
  /** What the offset grew by, in nanoseconds. */
  readonly by: number;
}

/**
 * Estimates the clock from causality alone: a segment arrives after it left, in either direction. Null when not both
 * directions were seen at both vantages.
 * @param from handshakes alone tell at once, where there are any; the other segments reach farther
 */
export function estimateClock(
  client: VantageRecord,
  server: VantageRecord,
  pairs: Pairs,
  requests: RequestPairs,
  from: 'handshakes' | 'all segments',
): Clock | null {
  if (client.baseTime === null || server.baseTime === null) return null;
  const base = Number(server.baseTime - client.baseTime);
  const lists = sightingsOf(client, server, pairs, requests, base, from);
  const sightings: Sightings = { toServer: lists.toServer.all, toClient: lists.toClient.all };
  if (!bothWays(lists)) return null;
  const pieces = clockPieces(sightings);
  const [{ offset, drift }] = pieces;
  return {
    offset,
    drift,
    uncertainty: Math.max(...pieces.map(({ uncertainty }) => uncertainty)),
    steps: stepsBetween(pieces),
    samples: lists.toServer.count + lists.toClient.count,
    toClient: (serverTime) => onClientsClock(serverTime + base, pieces),
  };
}

function stepsBetween(pieces: readonly ClockPiece[]): ClockStep[] {
  return pieces.slice(1).map(({ offset, drift, first }, i) => {
    const { last, ...before } = pieces[i];
    return { after: last, by: offset + drift * first - (before.offset + before.drift * first) };
  });
}

/** By the piece in which the time falls, or comes closest to; where it falls into two, by the later one. */
function onClientsClock(time: number, pieces: readonly ClockPiece[]): number {
  let closest = Number.POSITIVE_INFINITY;
  let best = 0;
  for (const { offset, drift, first, last } of pieces) {
    const there = (time - offset) / (1 + drift);
    const away = Math.max(0, first - there, there - last);
    if (away > closest) continue;
    closest = away;
    best = there;
  }
  return best;
}

interface Lists {
  readonly toServer: SightingList;
  readonly toClient: SightingList;
}

function bothWays({ toServer, toClient }: Lists): boolean {
  return toServer.count > 0 && toClient.count > 0;
}

/** Of a repeated SYN the vantages may have seen different copies: such handshakes count only where there is nothing else. */
function sightingsOf(
  client: VantageRecord,
  server: VantageRecord,
  pairs: Pairs,
  requests: RequestPairs,
  base: number,
  from: 'handshakes' | 'all segments',
): Lists {
  const lists: Lists = {
    toServer: new SightingList(1, client.lastTime),
    toClient: new SightingList(-1, client.lastTime),
  };
  if (from === 'all segments') noteSegmentSightings(client.log, server.log, pairs, base, lists);
  noteStreamSightings(client.log, server.log, pairs, base, lists);
  noteRequestSightings(client, server, requests, base, lists);
  noteHandshakes(client, server, pairs, base, lists, false);
  if (!bothWays(lists)) noteHandshakes(client, server, pairs, base, lists, true);
  if (!bothWays(lists)) noteLifeSightings(client.log, server.log, pairs, base, lists);
  return lists;
}

/**
 * SYNs went one way, SYN-ACKs the other. A box that answers SYNs itself sends the SYN-ACK before the server does: it
 * can renumber only what comes after, so that where the server's numbers alone differ, its SYN-ACK is not the client's.
 */
function noteHandshakes(
  { log: client }: VantageRecord,
  { log: server }: VantageRecord,
  pairs: Pairs,
  base: number,
  { toServer, toClient }: Lists,
  repeated: boolean,
): void {
  for (const pair of pairs) {
    if (pair.proxied) continue;
    const a = client.connections.at(pair.client);
    const b = server.connections.at(pair.server);
    if ((((a.flags | b.flags) & SYN_REPEATED) !== 0) !== repeated) continue;
    const seen = a.flags & b.flags;
    if ((seen & SYN_SEEN) !== 0) toServer.add(a.synTime, b.synTime + base - a.synTime);
    if ((seen & SYN_ACK_SEEN) !== 0 && !answersItself(pairs.shiftOf(pair.server)))
      toClient.add(a.synAckTime, b.synAckTime + base - a.synAckTime);
  }
}

function answersItself(shift: Renumbering | undefined): boolean {
  return shift !== undefined && shift[0] === 0;
}
