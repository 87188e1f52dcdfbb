import { EndpointSet } from '../flow/endpoint-set.js';
import type { VantageRecord } from '../flow/vantage-record.js';
import type { Pairs } from './pairs.js';
import type { RequestPairing } from './requests/index.js';
import { BY_CONTENT } from './requests/request-pairs.js';

/**
 * Where proxies end connections, as the pairs tell: a frontend of one that was proxied ends all connections to it, and
 * whoever opened the other leg opens all to the same backend, health checks too.
 */
export class Proxies {
  readonly #frontends: EndpointSet | null;
  readonly #peers = new Set<string>();
  readonly #forwardedPeers = new Set<string>();

  constructor(
    private readonly pairs: Pairs,
    client: VantageRecord | null,
    private readonly server: VantageRecord | null,
    requests: RequestPairing | null,
  ) {
    this.#frontends = client === null ? null : new EndpointSet(client.log);
    for (const pair of requests?.pairs ?? []) {
      const legs = requests?.legsOf(pair);
      if (legs === undefined || pair.certainty !== BY_CONTENT) continue;
      this.#frontends?.add(legs.client, 1);
      this.#peers.add(this.#peer(legs.server));
    }
    if (pairs.length === pairs.forwarded) return;
    for (const pair of pairs) {
      if (pair.proxied) this.#frontends?.add(pair.client, 1);
      (pair.proxied ? this.#peers : this.#forwardedPeers).add(this.#peer(pair.server));
    }
  }

  /** Whether a connection is one of the two that a proxy has where one passes it. */
  isLeg(end: 'client' | 'server', row: number): boolean {
    if (this.pairs.partnerOf(end, row) >= 0) return this.pairs.isProxied(end, row);
    if (this.#peers.size === 0) return false;
    if (end === 'client') return this.#frontends?.has(row, 1) ?? false;
    const peer = this.#peer(row);
    return this.#peers.has(peer) && !this.#forwardedPeers.has(peer);
  }

  /** Address of who opened a connection at the server's vantage. */
  #peer(row: number): string {
    if (this.server === null) return '';
    const { family, address0 } = this.server.log.connections.at(row);
    return `${family} ${address0}`;
  }
}
