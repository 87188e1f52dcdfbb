import { SYN_ACK_SEEN } from '../../flow/connection-flags.js';
import type { FlowLog } from '../../flow/log.js';
import type { PairingMethod } from '../method.js';
import { joinUnique, type Keyed } from '../unique-join.js';

/**
 * Pairs connections by both initial sequence numbers (64 bits): they survive routing, address and port translation
 * and tunnels.
 */
export const isn: PairingMethod = {
  name: 'isn',
  find({ client, server }, pair) {
    joinUnique(bothIsns(client.log), bothIsns(server.log), pair);
  },
};

function bothIsns({ connections }: FlowLog): Keyed {
  return {
    length: connections.length,
    key: (row, key) => {
      const { flags, isn0, isn1 } = connections.at(row);
      key[0] = isn0;
      key[1] = isn1;
      return (flags & SYN_ACK_SEEN) !== 0;
    },
  };
}
