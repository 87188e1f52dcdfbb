import type { Connection, Side } from '../flow/connection.js';
import { ConnectionReader } from '../flow/connection-reader.js';
import type { VantageRecord } from '../flow/vantage-record.js';
import type { Endpoint } from '../result.js';
import type { PathMode } from '../words.js';
import { type Clock, estimateClock } from './clock.js';
import { type PairedRows, type PairMethod, pairByHandshake, pairBySyn } from './isn.js';
import { pairBySegments } from './segments.js';
import { alignStray, findStrays } from './unnat.js';

/** The two ends of a path where captures can be taken. */
export type End = 'client' | 'server';

/** The legs that belong together: one connection at each vantage, or at one where the other has no partner for it. */
export interface Path {
  readonly client: Connection | null;
  readonly server: Connection | null;
  /** Segments that reached the client without their translation, under the server side's addresses; see `unnat.ts`. */
  readonly stray: Connection | null;
  readonly method: PairMethod | null;
  readonly mode: PathMode;
}

/** What pairing found: which connection is which, and on one clock. */
export interface Pairing {
  readonly client: VantageRecord | null;
  readonly server: VantageRecord | null;
  readonly clock: Clock | null;
  readonly pairs: readonly PairedRows[];
  /** Rows of each log that found no partner. */
  readonly unpaired: { readonly client: readonly number[]; readonly server: readonly number[] };
  /** One endpoint of a connection, by its row in the log of that vantage. */
  endpointOf(end: End, row: number, side: Side): Endpoint;
  /** Reads one path; rows are null where that side has no connection. */
  path(client: number | null, server: number | null, method: PairMethod | null): Path;
}

/** Pairs the connections of two vantages, or takes those of one as they are. */
export function pairVantages(client: VantageRecord | null, server: VantageRecord | null): Pairing {
  const { pairs, clock } = client !== null && server !== null ? pairBoth(client, server) : NOTHING_PAIRED;
  const ofClient = client === null ? null : new ConnectionReader(client.log);
  const ofServer = server === null ? null : new ConnectionReader(server.log);
  const unpaired = restOf(client, server, pairs);
  const strays =
    ofClient !== null && ofServer !== null
      ? findStrays(unpaired.client, pairs, ofClient, ofServer)
      : new Map<number, number>();
  const strayRows = new Set(strays.values());
  return {
    client,
    server,
    clock,
    pairs,
    unpaired: { ...unpaired, client: unpaired.client.filter((row) => !strayRows.has(row)) },
    endpointOf(end, row, side) {
      const reader = end === 'client' ? ofClient : ofServer;
      if (reader === null) throw new Error(`no ${end} capture to read from`);
      return reader.endpoint(row, side);
    },
    path(clientRow, serverRow, method) {
      const a = clientRow === null || ofClient === null ? null : ofClient.read(clientRow);
      const b = serverRow === null || ofServer === null ? null : ofServer.read(serverRow);
      const strayRow = serverRow === null ? undefined : strays.get(serverRow);
      const stray =
        strayRow === undefined || ofClient === null || b === null
          ? null
          : alignStray(ofClient.read(strayRow), b);
      return { client: a, server: b, stray, method, mode: modeOf(a, b) };
    },
  };
}

const NOTHING_PAIRED = { pairs: [], clock: null } as const;
/** A SYN is at the other vantage within this, or it is another connection's. */
const LONGEST_TRANSIT = 3e9;

/** Complete handshakes give the clock; the clock then says which lone SYNs can be one. */
function pairBoth(
  client: VantageRecord,
  server: VantageRecord,
): { pairs: PairedRows[]; clock: Clock | null } {
  const complete = pairByHandshake(client.log, server.log);
  const early = estimateClock(client, server, complete);
  const a = client.log.connections.columns.firstTime;
  const b = server.log.connections.columns.firstTime;
  const sameMoment = ({ client: row, server: partner }: PairedRows) => {
    const transit = (early?.toClient(b[partner]) ?? 0) - a[row];
    return Math.abs(transit) <= LONGEST_TRANSIT + (early?.uncertainty ?? 0);
  };
  const rest = pairBySyn(client.log, server.log, complete, early === null ? null : sameMoment);
  const known = [...complete, ...rest];
  const pairs = [...known, ...pairBySegments(client.log, server.log, restOf(client, server, known))];
  return { pairs, clock: estimateClock(client, server, pairs) };
}

/** Rows of each log that no pair has taken. */
function restOf(
  client: VantageRecord | null,
  server: VantageRecord | null,
  pairs: readonly PairedRows[],
): { client: number[]; server: number[] } {
  return {
    client: rowsWithout(client, new Set(pairs.map((pair) => pair.client))),
    server: rowsWithout(server, new Set(pairs.map((pair) => pair.server))),
  };
}

function rowsWithout(vantage: VantageRecord | null, taken: ReadonlySet<number>): number[] {
  const count = vantage?.log.connections.length ?? 0;
  return Array.from({ length: count }, (_, row) => row).filter((row) => !taken.has(row));
}

/**
 * What the box in between does to this connection. Both sides have the same sequence numbers here: it forwards, and
 * at most rewrites addresses.
 */
function modeOf(client: Connection | null, server: Connection | null): PathMode {
  if (client === null || server === null) return 'unknown';
  const same = (side: 0 | 1) =>
    client.endpoints[side].ip === server.endpoints[side].ip &&
    client.endpoints[side].port === server.endpoints[side].port;
  if (same(0)) return same(1) ? 'direct' : 'pass-through';
  return client.endpoints[0].ip === server.endpoints[0].ip ? 'pass-through' : 'snat';
}
