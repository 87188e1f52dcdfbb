import { SYN_ACK_SEEN, SYN_SEEN } from '../../flow/connection-flags.js';
import type { FlowLog } from '../../flow/log.js';
import type { PairingContext, PairingMethod } from '../method.js';
import { joinUnique, type Keyed } from '../unique-join.js';

/** A SYN is at the other vantage within this, or it is another connection's. */
const LONGEST_TRANSIT = 3e9;

/**
 * Pairs what is left where one vantage has no SYN-ACK (a refused or lost handshake): by the client's number alone, if
 * it points to exactly one connection, the other number does not contradict, and the SYNs could be one.
 */
export const isnClient: PairingMethod = {
  name: 'isn-client',
  find(context, pair) {
    const { client, server, pairs } = context;
    const free = (end: 'client' | 'server') => (row: number) => pairs.partnerOf(end, row) < 0;
    joinUnique(oneIsn(client.log, free('client')), oneIsn(server.log, free('server')), (a, b) => {
      if (!contradicts(client.log, server.log, a, b) && couldBeOne(context, a, b)) pair(a, b);
    });
  },
};

function oneIsn({ connections }: FlowLog, isFree: (row: number) => boolean): Keyed {
  return {
    length: connections.length,
    key: (row, key) => {
      const { flags, isn0 } = connections.at(row);
      key[0] = isn0;
      return (flags & (SYN_SEEN | SYN_ACK_SEEN)) !== 0 && isFree(row);
    },
  };
}

/** Both vantages have the server's number, and it is not the same. */
function contradicts(client: FlowLog, server: FlowLog, a: number, b: number): boolean {
  const [here, there] = [client.connections.at(a), server.connections.at(b)];
  return (here.flags & there.flags & SYN_ACK_SEEN) !== 0 && here.isn1 !== there.isn1;
}

/** Whether the SYNs fit in time; while the captures have no common clock, whether a port is the same. */
function couldBeOne({ client, server, clock }: PairingContext, a: number, b: number): boolean {
  const [here, there] = [client.log.connections.at(a), server.log.connections.at(b)];
  if (clock === null) return here.port0 === there.port0 || here.port1 === there.port1;
  const transit = clock.toClient(there.firstTime) - here.firstTime;
  return Math.abs(transit) <= LONGEST_TRANSIT + clock.uncertainty;
}
