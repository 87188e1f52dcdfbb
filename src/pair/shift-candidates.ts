import type { Renumbering } from '../flow/connection-reader.js';
import type { FlowLog } from '../flow/log.js';
import { seqAdd } from '../wire/seq.js';
import type { PairingContext } from './method.js';
import { joinUnique, type Keyed } from './unique-join.js';

/** Two connections that may be one, and what a box in between would have added to the numbers of each side. */
export interface Candidate {
  readonly client: number;
  readonly server: number;
  readonly shift: Renumbering;
  /** The client has the same address and port at both vantages. */
  readonly keepsClient: boolean;
}

type Fields = ReturnType<FlowLog['connections']['at']>;

/**
 * Connections of both vantages that have no partner yet and share a key that nobody else of their vantage has, with
 * what their initial numbers tell of the shift.
 * @param write writes the key of a connection; false when it takes no part
 */
export function shiftCandidates(
  { client, server, pairs }: PairingContext,
  write: (fields: Fields, key: Uint32Array) => boolean,
): Candidate[] {
  const keyed = (end: 'client' | 'server', { connections }: FlowLog): Keyed => ({
    length: connections.length,
    key: (row, key) => pairs.partnerOf(end, row) < 0 && write(connections.at(row), key),
  });
  const found: Candidate[] = [];
  joinUnique(keyed('client', client.log), keyed('server', server.log), (row, other) => {
    const here = client.log.connections.at(row);
    const there = server.log.connections.at(other);
    const shift = [seqAdd(there.isn0, -here.isn0), seqAdd(there.isn1, -here.isn1)] as const;
    found.push({
      client: row,
      server: other,
      shift,
      keepsClient: haveSameClient(client.log, server.log, row, other),
    });
  });
  return found;
}

/** A box keeps the clients' addresses and ports on all connections or on none: chance keeps them on none. */
export function keepingClient(found: readonly Candidate[]): readonly Candidate[] {
  const keeping = found.filter(({ keepsClient }) => keepsClient);
  return 2 * keeping.length > found.length ? keeping : found;
}

function haveSameClient(client: FlowLog, server: FlowLog, row: number, other: number): boolean {
  const here = client.connections.at(row);
  const there = server.connections.at(other);
  if (here.port0 !== there.port0 || here.family !== there.family) return false;
  if (here.family === 4) return here.address0 === there.address0;
  const address = client.addresses.format(here.family, here.address0);
  return address === server.addresses.format(there.family, there.address0);
}
