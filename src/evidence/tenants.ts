import type { FlowLog } from '../flow/log.js';
import type { Pairing, Path } from '../pair/path.js';
import type { Endpoint } from '../result.js';

/**
 * Whose connections had the same ends at the backend one after the other: a balancer that translates sources gives a port
 * to another client, while the backend may still have the earlier connection half open or in TIME_WAIT.
 */
export class Tenants {
  #byEnds: ReadonlyMap<string, readonly number[]> | null = null;

  constructor(private readonly pairing: Pairing) {}

  /** The client that had a path's ends at the backend before it, be it the same one; null where it does not show. */
  before({ server }: Path): Endpoint | null {
    const log = this.pairing.server?.log;
    if (server === null || log === undefined) return null;
    this.#byEnds ??= rowsByEnds(log);
    const earlier = this.#byEnds.get(endsOf(log, server.row))?.findLast((row) => row < server.row);
    const partner = earlier === undefined ? -1 : this.pairing.pairs.partnerOf('server', earlier);
    return partner < 0 ? null : this.pairing.endpointOf('client', partner, 0);
  }
}

function rowsByEnds(log: FlowLog): Map<string, number[]> {
  const rows = new Map<string, number[]>();
  for (const row of log.connections.rows()) {
    const key = endsOf(log, row);
    const same = rows.get(key);
    if (same === undefined) rows.set(key, [row]);
    else same.push(row);
  }
  return rows;
}

function endsOf(log: FlowLog, row: number): string {
  const { family, address0, address1, port0, port1 } = log.connections.at(row);
  return String.fromCharCode(family, address0 >>> 16, address0, address1 >>> 16, address1, port0, port1);
}
