import { SYN_ACK_SEEN, SYN_SEEN } from '../flow/connection-flags.js';
import type { FlowLog } from '../flow/log.js';
import type { VantageRecord } from '../flow/vantage-record.js';
import type { PairedRows } from './isn.js';

/**
 * The server capture's clock against the client capture's. Times of the server's vantage become comparable with
 * those of the client's through `toClient`; everything that follows works on the client's time line.
 */
export interface Clock {
  /** Server clock minus client clock when the client's capture began, in nanoseconds. */
  readonly offset: number;
  /** How much faster the server's clock runs: seconds gained a second. */
  readonly drift: number;
  /** The true offset lies within ± this, in nanoseconds: half the smallest round trip between the vantages. */
  readonly uncertainty: number;
  /** Sightings of one segment at both vantages that this rests on. */
  readonly samples: number;
  /** A time of the server's capture on the client's time line, both in nanoseconds since their first frames. */
  toClient(serverTime: number): number;
}

/** One segment seen at both vantages: its time at the client's, and how much later the server's clock said it was. */
interface Sighting {
  readonly at: number;
  readonly difference: number;
}

interface Sightings {
  /** Travelled from the client: the server's clock is ahead by at most this. */
  readonly toServer: readonly Sighting[];
  /** Travelled to the client: the server's clock is ahead by at least this. */
  readonly toClient: readonly Sighting[];
}

/** Faster or slower than this no working clock runs (adjtimex allows 500 ppm of slewing on top of its own error). */
const LARGEST_DRIFT = 2e-3;
/** Halvings of the search interval: the result is exact to far below a nanosecond an hour. */
const SEARCH_STEPS = 80;

/**
 * Estimates the clock from causality alone: a segment arrives after it left, in either direction. Null when not both
 * directions were seen at both vantages.
 */
export function estimateClock(
  client: VantageRecord,
  server: VantageRecord,
  pairs: readonly PairedRows[],
): Clock | null {
  if (client.baseTime === null || server.baseTime === null) return null;
  const base = Number(server.baseTime - client.baseTime);
  const sightings = handshakes(client.log, server.log, pairs, base);
  if (sightings.toServer.length === 0 || sightings.toClient.length === 0) return null;
  const steady = marginAt(sightings, 0);
  const drift = steady.margin >= 0 ? 0 : bestDrift(sightings);
  const { margin, middle } = drift === 0 ? steady : marginAt(sightings, drift);
  return {
    offset: middle,
    drift,
    uncertainty: Math.abs(margin),
    samples: sightings.toServer.length + sightings.toClient.length,
    toClient: (serverTime) => (serverTime + base - middle) / (1 + drift),
  };
}

/** SYNs went one way, SYN-ACKs the other. */
function handshakes(client: FlowLog, server: FlowLog, pairs: readonly PairedRows[], base: number): Sightings {
  const a = client.connections.columns;
  const b = server.connections.columns;
  const toServer: Sighting[] = [];
  const toClient: Sighting[] = [];
  for (const pair of pairs) {
    const flags = a.flags[pair.client] & b.flags[pair.server];
    const add = (to: Sighting[], at: number, later: number) => to.push({ at, difference: later + base - at });
    if ((flags & SYN_SEEN) !== 0) add(toServer, a.synTime[pair.client], b.synTime[pair.server]);
    if ((flags & SYN_ACK_SEEN) !== 0) add(toClient, a.synAckTime[pair.client], b.synAckTime[pair.server]);
  }
  return { toServer, toClient };
}

/** For one drift: the offset in the middle of what causality leaves, and how far it could be off (negative: none). */
function marginAt(sightings: Sightings, drift: number): { margin: number; middle: number } {
  let upper = Number.POSITIVE_INFINITY;
  let lower = Number.NEGATIVE_INFINITY;
  for (const { at, difference } of sightings.toServer) upper = Math.min(upper, difference - drift * at);
  for (const { at, difference } of sightings.toClient) lower = Math.max(lower, difference - drift * at);
  return { margin: (upper - lower) / 2, middle: (upper + lower) / 2 };
}

/** The drift that leaves the widest margin. The margin is concave in the drift, so a ternary search finds it. */
function bestDrift(sightings: Sightings): number {
  let from = -LARGEST_DRIFT;
  let to = LARGEST_DRIFT;
  for (let step = 0; step < SEARCH_STEPS; step += 1) {
    const third = (to - from) / 3;
    if (marginAt(sightings, from + third).margin < marginAt(sightings, to - third).margin) from += third;
    else to -= third;
  }
  return (from + to) / 2;
}
