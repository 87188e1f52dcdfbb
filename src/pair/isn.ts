import { SYN_ACK_SEEN, SYN_SEEN } from '../flow/connection-flags.js';
import type { FlowLog } from '../flow/log.js';

/** How two connections were recognised as one. */
export type PairMethod = 'isn' | 'isn-client';

/** A connection at the client's vantage and the same one at the server's, as rows of their logs. */
export interface PairedRows {
  readonly client: number;
  readonly server: number;
  readonly method: PairMethod;
}

/**
 * Pairs connections by their initial sequence numbers, which survive routing, address and port translation and
 * tunnels. First by both numbers (64 bits); then, where one vantage has no SYN-ACK (a refused or lost handshake),
 * by the client's alone, if that points to exactly one connection and nothing else contradicts.
 */
export function pairByIsn(client: FlowLog, server: FlowLog): PairedRows[] {
  const byBoth = pairUnique(client, server, 'isn', withHandshake, bothIsns);
  const pairedClient = new Set(byBoth.map((pair) => pair.client));
  const pairedServer = new Set(byBoth.map((pair) => pair.server));
  const unpaired = (log: FlowLog, row: number) => !(log === client ? pairedClient : pairedServer).has(row);
  const byClient = pairUnique(
    client,
    server,
    'isn-client',
    (log, row) => unpaired(log, row) && isnKnown(log, row),
    (log, row) => log.peers.columns.isn[2 * row],
  ).filter((pair) => agrees(client, server, pair));
  return [...byBoth, ...byClient];
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

/** With one number only, a port must agree too, and the other number must not differ where both vantages have it. */
function agrees(client: FlowLog, server: FlowLog, pair: PairedRows): boolean {
  const a = client.peers.columns;
  const b = server.peers.columns;
  if (withHandshake(client, pair.client) && withHandshake(server, pair.server)) {
    if (a.isn[2 * pair.client + 1] !== b.isn[2 * pair.server + 1]) return false;
  }
  return [0, 1].some((side) => a.port[2 * pair.client + side] === b.port[2 * pair.server + side]);
}
