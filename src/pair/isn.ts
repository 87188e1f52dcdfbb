import { SYN_ACK_SEEN, SYN_SEEN } from '../flow/connection-flags.js';
import type { FlowLog } from '../flow/log.js';

/** How two connections were recognised as one. */
export type PairMethod = 'isn' | 'isn-client' | 'segments';

/** A connection at the client's vantage and the same one at the server's, as rows of their logs. */
export interface PairedRows {
  readonly client: number;
  readonly server: number;
  readonly method: PairMethod;
}

/**
 * Pairs connections by both initial sequence numbers (64 bits): they survive routing, address and port translation
 * and tunnels.
 */
export function pairByHandshake(client: FlowLog, server: FlowLog): PairedRows[] {
  return pairUnique(client, server, 'isn', withHandshake, bothIsns);
}

/**
 * Pairs what is left where one vantage has no SYN-ACK (a refused or lost handshake): by the client's number alone, if
 * it points to exactly one connection, the other number does not contradict, and the SYNs could be one.
 * @param sameMoment whether two rows' SYNs fit in time; null while the captures have no common clock
 */
export function pairBySyn(
  client: FlowLog,
  server: FlowLog,
  paired: readonly PairedRows[],
  sameMoment: ((pair: PairedRows) => boolean) | null,
): PairedRows[] {
  const pairedClient = new Set(paired.map((pair) => pair.client));
  const pairedServer = new Set(paired.map((pair) => pair.server));
  const unpaired = (log: FlowLog, row: number) => !(log === client ? pairedClient : pairedServer).has(row);
  return pairUnique(
    client,
    server,
    'isn-client',
    (log, row) => unpaired(log, row) && isnKnown(log, row),
    (log, row) => log.peers.columns.isn[2 * row],
  ).filter((pair) => {
    if (contradicts(client, server, pair)) return false;
    return sameMoment === null ? sharesPort(client, server, pair) : sameMoment(pair);
  });
}

function flagsOf(log: FlowLog, row: number): number {
  return log.connections.columns.flags[row];
}

function withHandshake(log: FlowLog, row: number): boolean {
  return (flagsOf(log, row) & SYN_ACK_SEEN) !== 0;
}

function isnKnown(log: FlowLog, row: number): boolean {
  return (flagsOf(log, row) & (SYN_SEEN | SYN_ACK_SEEN)) !== 0;
}

/** Both numbers as one exact double: 21 bits of the first are enough to make a false match of the rest absurd. */
function bothIsns(log: FlowLog, row: number): number {
  const { isn } = log.peers.columns;
  return (isn[2 * row] % 0x20_0000) * 0x1_0000_0000 + isn[2 * row + 1];
}

/** Pairs the rows whose key is held by exactly one connection on each side. */
function pairUnique(
  client: FlowLog,
  server: FlowLog,
  method: PairMethod,
  eligible: (log: FlowLog, row: number) => boolean,
  keyOf: (log: FlowLog, row: number) => number,
): PairedRows[] {
  const ofServer = uniqueRows(server, eligible, keyOf);
  const pairs: PairedRows[] = [];
  for (const [key, row] of uniqueRows(client, eligible, keyOf)) {
    const partner = ofServer.get(key);
    if (row >= 0 && partner !== undefined && partner >= 0)
      pairs.push({ client: row, server: partner, method });
  }
  return pairs;
}

const SEVERAL = -1;

function uniqueRows(
  log: FlowLog,
  eligible: (log: FlowLog, row: number) => boolean,
  keyOf: (log: FlowLog, row: number) => number,
): Map<number, number> {
  const rows = new Map<number, number>();
  for (let row = 0; row < log.connections.length; row += 1) {
    if (!eligible(log, row)) continue;
    const key = keyOf(log, row);
    rows.set(key, rows.has(key) ? SEVERAL : row);
  }
  return rows;
}

/** Both vantages have the server's number, and it is not the same. */
function contradicts(client: FlowLog, server: FlowLog, pair: PairedRows): boolean {
  if (!withHandshake(client, pair.client) || !withHandshake(server, pair.server)) return false;
  return client.peers.columns.isn[2 * pair.client + 1] !== server.peers.columns.isn[2 * pair.server + 1];
}

function sharesPort(client: FlowLog, server: FlowLog, pair: PairedRows): boolean {
  const [a, b] = [client.peers.columns.port, server.peers.columns.port];
  return [0, 1].some((side) => a[2 * pair.client + side] === b[2 * pair.server + side]);
}
