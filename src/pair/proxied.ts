import { SYN_ACK_SEEN, SYN_SEEN } from '../flow/connection-flags.js';
import { EndpointSet } from '../flow/endpoint-set.js';
import type { PairingContext } from './method.js';
import type { Pairs } from './pairs.js';
import type { End } from './path.js';
import { streamsOf } from './streams.js';

/** A proxy may wait so long before it opens its own leg, and may close the other one so much later. */
const SLACK = 1e9;

/**
 * Which connections two vantages may have as the two legs of a proxied one: free ones, that lived at the same time, on
 * services where nothing is known to be forwarded. The same initial number or the same timestamp at both tells of a
 * forwarded one too, whatever else a firewall renumbers: a proxy's sockets have their own.
 */
export class ProxyCandidates {
  readonly #forwarded: Forwarded;

  constructor(private readonly context: PairingContext) {
    this.#forwarded = forwardedOf(context);
  }

  /** Whether each vantage has any connection left that can be a leg. */
  get areLeft(): boolean {
    return this.#anyFree('client') && this.#anyFree('server');
  }

  #anyFree(end: End): boolean {
    for (const row of this.context.pairs.unpaired(end)) if (this.isFree(end, row)) return true;
    return false;
  }

  /** Whether a connection can still be a leg of a proxied one. */
  isFree(end: End, row: number): boolean {
    const { pairs } = this.context;
    if (pairs.partnerOf(end, row) >= 0) return false;
    return this.#forwarded[end].isEmpty || !this.#forwarded[end].has(row, 1);
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

/** The services of each vantage where connections are known to be forwarded. */
interface Forwarded {
  readonly client: EndpointSet;
  readonly server: EndpointSet;
  /** Pairs that say so. */
  readonly count: number;
}

const FORWARDED = new WeakMap<Pairs, Forwarded>();

/** Looked up anew only where more was found to be forwarded since: every method for proxies asks. */
function forwardedOf({ client, server, pairs }: PairingContext): Forwarded {
  const known = FORWARDED.get(pairs);
  if (known?.count === pairs.forwarded) return known;
  const found = {
    client: new EndpointSet(client.log),
    server: new EndpointSet(server.log),
    count: pairs.forwarded,
  };
  for (const pair of pairs) {
    if (pair.proxied) continue;
    found.client.add(pair.client, 1);
    found.server.add(pair.server, 1);
  }
  FORWARDED.set(pairs, found);
  return found;
}
