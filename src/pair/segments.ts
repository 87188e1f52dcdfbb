import { SEEN_SIDE } from '../flow/connection-flags.js';
import type { FlowLog } from '../flow/log.js';
import { ACK, RST, SYN } from '../wire/tcp-flags.js';
import type { Sighting, Sightings } from './clock-line.js';
import type { PairedRows } from './isn.js';

/** Segments of one connection that must agree before two connections are taken for one: chance agrees on none. */
const LEAST_COMMON = 2;

/** What no forwarding box changes of a segment, as one string; the side is left out, its guess may differ. */
function keyOf(log: FlowLog, row: number): string {
  const { seq, ack, flags, length } = log.segments.columns;
  return `${seq[row]} ${ack[row]} ${flags[row]} ${length[row]}`;
}

function isPlain(log: FlowLog, row: number): boolean {
  return (log.segments.columns.flags[row] & (SYN | RST | ACK)) === ACK;
}

/** Rows of kept segments that stand alone under their key; a repeated one could be any of its copies. */
function singles(log: FlowLog, wanted: ReadonlySet<number>): Map<string, number> {
  const rows = new Map<string, number>();
  for (let row = 0; row < log.segments.length; row += 1) {
    if (!wanted.has(log.segments.columns.connection[row]) || !isPlain(log, row)) continue;
    const key = keyOf(log, row);
    rows.set(key, rows.has(key) ? -1 : row);
  }
  return rows;
}

/**
 * Pairs connections whose handshake was not captured by segments that both vantages show: sequence and
 * acknowledgement number, length and flags agree (64 bits and more), for two segments at least, and with one partner
 * only.
 */
export function pairBySegments(
  client: FlowLog,
  server: FlowLog,
  unpaired: { readonly client: readonly number[]; readonly server: readonly number[] },
): PairedRows[] {
  const ofServer = singles(server, new Set(unpaired.server));
  const votes = new Map<number, Map<number, number>>();
  for (const [key, row] of singles(client, new Set(unpaired.client))) {
    const other = ofServer.get(key) ?? -1;
    if (row < 0 || other < 0) continue;
    const connection = client.segments.columns.connection[row];
    const partner = server.segments.columns.connection[other];
    const counts = votes.get(connection) ?? new Map<number, number>();
    counts.set(partner, (counts.get(partner) ?? 0) + 1);
    votes.set(connection, counts);
  }
  const pairs: PairedRows[] = [];
  const taken = new Set<number>();
  for (const [connection, counts] of votes) {
    const [partner, count] = [...counts][0];
    if (counts.size > 1 || count < LEAST_COMMON || taken.has(partner)) continue;
    taken.add(partner);
    pairs.push({ client: connection, server: partner, method: 'segments' });
  }
  return pairs;
}

/** Sightings of kept segments that both vantages show once, for the clock: they reach to the end of the captures. */
export function segmentSightings(
  client: FlowLog,
  server: FlowLog,
  pairs: readonly PairedRows[],
  base: number,
): Sightings {
  const partnerOf = new Map(pairs.map((pair) => [pair.client, pair.server]));
  const ofServer = singles(server, new Set(partnerOf.values()));
  const toServer: Sighting[] = [];
  const toClient: Sighting[] = [];
  const [a, b] = [client.segments.columns, server.segments.columns];
  for (const [key, row] of singles(client, new Set(partnerOf.keys()))) {
    const other = ofServer.get(key) ?? -1;
    if (row < 0 || other < 0 || partnerOf.get(a.connection[row]) !== b.connection[other]) continue;
    const sighting = { at: a.time[row], difference: b.time[other] + base - a.time[row] };
    ((a.meta[row] & SEEN_SIDE) === 0 ? toServer : toClient).push(sighting);
  }
  return { toServer, toClient };
}
