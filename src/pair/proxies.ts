import { EndpointSet } from '../flow/endpoint-set.js';
import type { VantageRecord } from '../flow/vantage-record.js';
import type { Pairs } from './pairs.js';
import type { RequestPairing } from './requests/index.js';
import { BY_CONTENT } from './requests/request-pairs.js';

/** Rows of one connection at both vantages. */
interface Legs {
  readonly client: number;
  readonly server: number;
}

/** Addresses where a proxy ends connections, and those where the box in between forwards some. */
class Addresses {
  readonly proxied = new Set<string>();
  readonly forwarded = new Set<string>();

  /** Whether all that is known of an address is a proxy's. */
  isProxy(address: string): boolean {
    return this.proxied.has(address) && !this.forwarded.has(address);
  }
}

/**
 * Where proxies end connections, as the pairs tell: a frontend of one that was proxied ends all connections to it, and
 * to other ports of its address, unless one there is forwarded; whoever opened the other leg opens all to the same
 * backend, health checks too.
 */
export class Proxies {
  readonly #frontends: EndpointSet | null;
  readonly #called = new Addresses();
  readonly #peers = new Addresses();

  constructor(
    private readonly pairs: Pairs,
    private readonly client: VantageRecord | null,
    private readonly server: VantageRecord | null,
    requests: RequestPairing | null,
  ) {
    this.#frontends = client === null ? null : new EndpointSet(client.log);
    for (const pair of requests?.pairs ?? []) {
      const legs = requests?.legsOf(pair);
      if (legs === undefined || pair.certainty !== BY_CONTENT) continue;
      this.#note(legs, true);
    }
    if (pairs.length === pairs.forwarded) return;
    for (const pair of pairs) this.#note(pair, pair.proxied);
  }

  /** Whether a connection is one of the two that a proxy has where one passes it. */
  isLeg(end: 'client' | 'server', row: number): boolean {
    if (this.pairs.partnerOf(end, row) >= 0) return this.pairs.isProxied(end, row);
    if (this.#peers.proxied.size === 0) return false;
    if (end === 'server') return this.#peers.isProxy(this.#peerOf(row));
    return (this.#frontends?.has(row, 1) ?? false) || this.#called.isProxy(this.#calledBy(row));
  }

  #note({ client, server }: Legs, proxied: boolean): void {
    const kind = proxied ? 'proxied' : 'forwarded';
    if (proxied) this.#frontends?.add(client, 1);
    this.#called[kind].add(this.#calledBy(client));
    this.#peers[kind].add(this.#peerOf(server));
  }

  /** Address that a connection at the client's vantage is made to. */
  #calledBy(row: number): string {
    return addressOf(this.client, row, 'address1');
  }

  /** Address of who opened a connection at the server's vantage. */
  #peerOf(row: number): string {
    return addressOf(this.server, row, 'address0');
  }
}

function addressOf(record: VantageRecord | null, row: number, field: 'address0' | 'address1'): string {
  if (record === null) return '';
  const connection = record.log.connections.at(row);
  return `${connection.family} ${connection[field]}`;
}
