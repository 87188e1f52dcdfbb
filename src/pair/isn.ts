import { SYN_ACK_SEEN, SYN_SEEN } from '../flow/connection-flags.js';
import type { FlowLog } from '../flow/log.js';
import type { Pairs } from './pairs.js';
import { joinUnique, type Keyed } from './unique-join.js';

/**
 * Pairs connections by both initial sequence numbers (64 bits): they survive routing, address and port translation
 * and tunnels.
 */
export function pairByHandshake(client: FlowLog, server: FlowLog, pairs: Pairs): void {
  joinUnique(bothIsns(client), bothIsns(server), (a, b) => pairs.add(a, b, 'isn'));
}

/**
 * Pairs what is left where one vantage has no SYN-ACK (a refused or lost handshake): by the client's number alone, if
 * it points to exactly one connection, the other number does not contradict, and the SYNs could be one.
 * @param sameMoment whether two rows' SYNs fit in time; null while the captures have no common clock
 */
export function pairBySyn(
  client: FlowLog,
  server: FlowLog,
  pairs: Pairs,
  sameMoment: ((client: number, server: number) => boolean) | null,
): void {
  const fits = sameMoment ?? ((a: number, b: number) => sharesPort(client, server, a, b));
  const free = (end: 'client' | 'server') => (row: number) => pairs.partnerOf(end, row) < 0;
  joinUnique(oneIsn(client, free('client')), oneIsn(server, free('server')), (a, b) => {
    if (!contradicts(client, server, a, b) && fits(a, b)) pairs.add(a, b, 'isn-client');
  });
}

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

function sharesPort(client: FlowLog, server: FlowLog, a: number, b: number): boolean {
  const [here, there] = [client.connections.at(a), server.connections.at(b)];
  return here.port0 === there.port0 || here.port1 === there.port1;
}
