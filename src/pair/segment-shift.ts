import { SEEN_IPV6, SEEN_SIDE } from '../flow/connection-flags.js';
import type { FlowLog } from '../flow/log.js';
import { seqAdd } from '../wire/seq.js';
import { ACK, RST, SYN } from '../wire/tcp-flags.js';
import { keptRowsOf } from './kept-rows.js';
import type { Pair, PairingContext } from './method.js';
import type { KeyedSegments } from './plain-segments.js';
import { joinUnique } from './unique-join.js';

/** Segments that must agree on one partner under one shift for each direction: chance agrees on none. */
const LEAST_AGREEING = 3;
/** Flags beside the length of a segment, which is below 2^17 even where a host merges segments. */
const FLAGS_SHIFT = 24;

/** Segments of one connection that say the same of its partner and of the shift. */
interface Vote {
  readonly client: number;
  readonly server: number;
  /** By the side of the server's row. */
  readonly shift: readonly [number, number];
  count: number;
}

/**
 * Pairs connections whose handshake was not captured, and whose numbers a box in between changes: by segments whose
 * timestamp, IP identification, length and flags only one segment of each vantage has. Each of them tells what would
 * have been added in both directions; several have to tell the same, and none may be for another partner as often.
 */
export function shiftBySegments({ client, server, pairs }: PairingContext, pair: Pair): void {
  const votes = new Map<string, Vote>();
  const here = marked(client.log, (connection) => pairs.partnerOf('client', connection) < 0);
  const there = marked(server.log, (connection) => pairs.partnerOf('server', connection) < 0);
  joinUnique(here, there, (i, j) => {
    const vote = voteOf(client.log, server.log, here.rows[i], there.rows[j]);
    const key = `${vote.client} ${vote.server} ${vote.shift}`;
    const same = votes.get(key);
    if (same === undefined) votes.set(key, vote);
    else same.count += 1;
  });
  const strong = [...votes.values()].filter(({ count }) => count >= LEAST_AGREEING);
  const clients = countBy(strong.map((vote) => vote.client));
  const servers = countBy(strong.map((vote) => vote.server));
  for (const vote of strong.sort((a, b) => a.client - b.client)) {
    if (clients.get(vote.client) === 1 && servers.get(vote.server) === 1)
      pair(vote.client, vote.server, vote.shift);
  }
}

/**
 * Kept segments of the wanted connections by what a box that changes numbers leaves alone of them; the side is left out,
 * its guess may differ. Lengths alone do not tell: those a proxy may keep too.
 */
function marked(log: FlowLog, isWanted: (connection: number) => boolean): KeyedSegments {
  const rows = keptRowsOf(log, isWanted);
  return {
    rows,
    length: rows.length,
    key: (index, key) => {
      const { timestamp, ipId, flags, length, meta } = log.segments.at(rows[index]);
      const identified = (meta & SEEN_IPV6) === 0 && ipId !== 0;
      if (timestamp === 0 && !identified) return false;
      key[0] = timestamp;
      key[1] = ipId;
      key[2] = (flags << FLAGS_SHIFT) | length;
      return (flags & (SYN | RST | ACK)) === ACK;
    },
  };
}

function voteOf(client: FlowLog, server: FlowLog, row: number, other: number): Vote {
  const here = client.segments.at(row);
  const there = server.segments.at(other);
  const ofSender = seqAdd(there.seq, -here.seq);
  const ofReceiver = seqAdd(there.ack, -here.ack);
  return {
    client: client.kept.at(row).connection,
    server: server.kept.at(other).connection,
    shift: (there.meta & SEEN_SIDE) === 0 ? [ofSender, ofReceiver] : [ofReceiver, ofSender],
    count: 1,
  };
}

function countBy(keys: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
