import { SYN_ACK_SEEN, SYN_SEEN } from '../flow/connection-flags.js';
import { EndpointSet } from '../flow/endpoint-set.js';
import type { PairingContext } from './method.js';
import { streamsOf } from './streams.js';

/** A proxy may wait so long before it opens its own leg, and may close the other one so much later. */
const SLACK = 1e9;

/**
 * Which connections two vantages may have as the two legs of a proxied one: free ones, that lived at the same time, on
 * services where nothing is known to be forwarded. The same initial number or the same timestamp at both tells of a
 * forwarded one too, whatever else a firewall renumbers: a proxy's sockets have their own.
 */
export class ProxyCandidates {
  readonly #forwarded: { readonly client: EndpointSet; readonly server: EndpointSet };

  constructor(private readonly context: PairingContext) {
    const { client, server, pairs } = context;
    this.#forwarded = { client: new EndpointSet(client.log), server: new EndpointSet(server.log) };
    if (pairs.forwarded === 0) return;
    for (const pair of pairs) {
      if (pair.proxied) continue;
      this.#forwarded.client.add(pair.client, 1);
      this.#forwarded.server.add(pair.server, 1);
    }
  }

  /** Whether a connection can still be a leg of a proxied one. */
  isFree(end: 'client' | 'server', row: number): boolean {
    const { pairs } = this.context;
    if (pairs.partnerOf(end, row) >= 0) return false;
    return pairs.forwarded === 0 || !this.#forwarded[end].has(row, 1);
  }

  /** Whether two free ones do not contradict each other. */
  couldBelong(a: number, b: number): boolean {
    const { client, server } = this.context;
    if (this.#sameNumber(a, b)) return false;
    const stamp = streamsOf(client.log).of(a, 0)?.timestamp ?? 0;
    if (stamp !== 0 && stamp === streamsOf(server.log).of(b, 0)?.timestamp) return false;
    return this.#livedTogether(a, b);
  }

  #sameNumber(a: number, b: number): boolean {
    const { client, server } = this.context;
    const here = client.log.connections.at(a);
    const there = server.log.connections.at(b);
    const both = here.flags & there.flags;
    return (
      ((both & (SYN_SEEN | SYN_ACK_SEEN)) !== 0 && here.isn0 === there.isn0) ||
      ((both & SYN_ACK_SEEN) !== 0 && here.isn1 === there.isn1)
    );
  }

  #livedTogether(a: number, b: number): boolean {
    const { client, server, clock } = this.context;
    if (clock === null) return true;
    const slack = SLACK + clock.uncertainty;
    const { firstTime, lastTime } = client.log.connections.at(a);
    const there = server.log.connections.at(b);
    const [from, to] = [clock.toClient(there.firstTime), clock.toClient(there.lastTime)];
    return from <= lastTime + slack && to >= firstTime - slack;
  }
}
