import { SYN_ACK_SEEN } from '../../flow/connection-flags.js';
import type { FlowLog } from '../../flow/log.js';
import type { PairingContext, PairingMethod } from '../method.js';
import type { End } from '../path.js';
import { hasPlainSegments, plainSegments } from '../plain-segments.js';
import { joinUnique } from '../unique-join.js';

/** Segments of one connection that must agree before two connections are taken for one: chance agrees on none. */
const LEAST_COMMON = 2;

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
export const segments: PairingMethod = {
  name: 'segments',
  find(context, pair) {
    const {
      client: { log: client },
      server: { log: server },
      pairs,
    } = context;
    const votes = new Map<number, Vote>();
    const here = plainSegments(client, candidates(context, 'client', 'server'));
    const there = plainSegments(server, candidates(context, 'server', 'client'));
    joinUnique(here, there, (i, j) => {
      const { connection } = client.kept.at(here.rows[i]);
      const partner = server.kept.at(there.rows[j]).connection;
      const vote = votes.get(connection);
      if (vote === undefined) votes.set(connection, { partner, count: 1, contradicted: false });
      else if (vote.partner === partner) vote.count += 1;
      else vote.contradicted = true;
    });
    for (const connection of [...votes.keys()].sort((a, b) => a - b)) {
      const { partner, count, contradicted } = votes.get(connection) as Vote;
      if (contradicted || count < LEAST_COMMON || pairs.partnerOf('server', partner) >= 0) continue;
      pair(connection, partner);
    }
  },
};

/**
 * Which connections of one end to look at: of two whose handshake was captured the initial numbers have spoken, so that
 * one of each two lacks it.
 */
function candidates(context: PairingContext, end: End, other: End): (row: number) => boolean {
  const isFree = (row: number) => context.pairs.partnerOf(end, row) < 0;
  const { log } = context[other];
  for (const row of context.pairs.unpaired(other))
    if (lacksHandshake(log, row) && hasPlainSegments(log, row)) return isFree;
  return (row) => isFree(row) && lacksHandshake(context[end].log, row);
}

function lacksHandshake({ connections }: FlowLog, row: number): boolean {
  return (connections.at(row).flags & SYN_ACK_SEEN) === 0;
}
