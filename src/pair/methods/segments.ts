import type { PairingMethod } from '../method.js';
import { plainSegments } from '../plain-segments.js';
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
  find({ client: { log: client }, server: { log: server }, pairs }, pair) {
    const votes = new Map<number, Vote>();
    const here = plainSegments(client, (connection) => pairs.partnerOf('client', connection) < 0);
    const there = plainSegments(server, (connection) => pairs.partnerOf('server', connection) < 0);
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
