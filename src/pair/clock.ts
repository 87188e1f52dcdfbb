import { SYN_ACK_SEEN, SYN_SEEN } from '../flow/connection-flags.js';
import type { FlowLog } from '../flow/log.js';
import type { VantageRecord } from '../flow/vantage-record.js';
import { clockLine, type Sighting, type Sightings } from './clock-line.js';
import type { PairedRows } from './isn.js';
import { segmentSightings } from './segments.js';

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
  /** Sightings of one segment at both vantages that this rests on. */
  readonly samples: number;
  /** A time of the server's capture on the client's time line, both in nanoseconds since their first frames. */
  toClient(serverTime: number): number;
}

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
  const early = handshakes(client.log, server.log, pairs, base);
  const late = segmentSightings(client.log, server.log, pairs, base);
  const sightings = {
    toServer: [...early.toServer, ...late.toServer],
    toClient: [...early.toClient, ...late.toClient],
  };
  if (sightings.toServer.length === 0 || sightings.toClient.length === 0) return null;
  const { offset, drift, uncertainty } = clockLine(sightings);
  return {
    offset,
    drift,
    uncertainty,
    samples: sightings.toServer.length + sightings.toClient.length,
    toClient: (serverTime) => (serverTime + base - offset) / (1 + drift),
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
