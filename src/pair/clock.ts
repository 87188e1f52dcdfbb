import { SYN_ACK_SEEN, SYN_REPEATED, SYN_SEEN } from '../flow/connection-flags.js';
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
  const sightings = sightingsOf(client.log, server.log, pairs, base);
  if (!bothWays(sightings)) return null;
  const { offset, drift, uncertainty } = clockLine(sightings);
  return {
    offset,
    drift,
    uncertainty,
    samples: sightings.toServer.length + sightings.toClient.length,
    toClient: (serverTime) => (serverTime + base - offset) / (1 + drift),
  };
}

/** Of a repeated SYN the vantages may have seen different copies: such handshakes count only where there is nothing else. */
function sightingsOf(
  client: FlowLog,
  server: FlowLog,
  pairs: readonly PairedRows[],
  base: number,
): Sightings {
  const repeated = ({ client: a, server: b }: PairedRows) =>
    ((client.connections.columns.flags[a] | server.connections.columns.flags[b]) & SYN_REPEATED) !== 0;
  const single = pairs.filter((pair) => !repeated(pair));
  const segments = segmentSightings(client, server, pairs, base);
  const sure = together(handshakes(client, server, single, base), segments);
  return bothWays(sure) ? sure : together(handshakes(client, server, pairs, base), segments);
}

function bothWays({ toServer, toClient }: Sightings): boolean {
  return toServer.length > 0 && toClient.length > 0;
}

function together(a: Sightings, b: Sightings): Sightings {
  return { toServer: [...a.toServer, ...b.toServer], toClient: [...a.toClient, ...b.toClient] };
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
