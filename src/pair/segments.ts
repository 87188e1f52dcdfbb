import { SEEN_SIDE } from '../flow/connection-flags.js';
import type { FlowLog } from '../flow/log.js';
import { ACK, RST, SYN } from '../wire/tcp-flags.js';
import type { Pairs } from './pairs.js';
import type { SightingList } from './sightings.js';
import { joinUnique, type Keyed } from './unique-join.js';

/** Segments of one connection that must agree before two connections are taken for one: chance agrees on none. */
const LEAST_COMMON = 2;
/** Flags beside the length of a segment, which is below 2^17 even where a host merges segments. */
const FLAGS_SHIFT = 24;

/**
 * Kept segments by what no forwarding box changes of them; the side is left out, its guess may differ. A repeated one
 * could be any of its copies, so it counts for none.
 */
function plainSegments({ segments, kept }: FlowLog, wanted: (connection: number) => boolean): Keyed {
  return {
    length: segments.length,
    key: (row, key) => {
      const { seq, ack, flags, length } = segments.at(row);
      key[0] = seq;
      key[1] = ack;
      key[2] = (flags << FLAGS_SHIFT) | length;
      return (flags & (SYN | RST | ACK)) === ACK && wanted(kept.at(row).connection);
    },
  };
}

/** What one connection's segments say of its partner. */
interface Vote {
  readonly partner: number;
  count: number;
  contradicted: boolean;
}

/**
 * Pairs connections whose handshake was not captured by segments that both vantages show: sequence and
 * acknowledgement number, length and flags agree (64 bits and more), for two segments at least, and with one partner
 * only.
 */
export function pairBySegments(client: FlowLog, server: FlowLog, pairs: Pairs): void {
  const votes = new Map<number, Vote>();
  joinUnique(
    plainSegments(client, (connection) => pairs.partnerOf('client', connection) < 0),
    plainSegments(server, (connection) => pairs.partnerOf('server', connection) < 0),
    (row, other) => {
      const { connection } = client.kept.at(row);
      const partner = server.kept.at(other).connection;
      const vote = votes.get(connection);
      if (vote === undefined) votes.set(connection, { partner, count: 1, contradicted: false });
      else if (vote.partner === partner) vote.count += 1;
      else vote.contradicted = true;
    },
  );
  for (const connection of [...votes.keys()].sort((a, b) => a - b)) {
    const { partner, count, contradicted } = votes.get(connection) as Vote;
    if (contradicted || count < LEAST_COMMON || pairs.partnerOf('server', partner) >= 0) continue;
    pairs.add(connection, partner, 'segments');
  }
}

/** Kept segments of a capture that are looked at for the clock: of more, those of every so many-th connection are. */
const ENOUGH_SEGMENTS = 1 << 18;

/** Sightings of kept segments that both vantages show once, for the clock: they reach to the end of the captures. */
export function noteSegmentSightings(
  client: FlowLog,
  server: FlowLog,
  pairs: Pairs,
  base: number,
  sightings: { readonly toServer: SightingList; readonly toClient: SightingList },
): void {
  const stride = Math.ceil(client.segments.length / ENOUGH_SEGMENTS);
  joinUnique(
    plainSegments(client, (row) => row % stride === 0 && pairs.partnerOf('client', row) >= 0),
    plainSegments(server, (row) => {
      const partner = pairs.partnerOf('server', row);
      return partner >= 0 && partner % stride === 0;
    }),
    (row, other) => {
      if (pairs.partnerOf('client', client.kept.at(row).connection) !== server.kept.at(other).connection)
        return;
      const { time, meta } = client.segments.at(row);
      const list = (meta & SEEN_SIDE) === 0 ? sightings.toServer : sightings.toClient;
      list.add(time, server.segments.at(other).time + base - time);
    },
  );
}
