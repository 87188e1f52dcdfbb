import { OPENED_HELLO, OPENED_HTTP } from '../../flow/opening/beginning.js';
import type { PairingContext, PairingMethod } from '../method.js';
import { ProxyCandidates } from '../proxied.js';
import { Proxies } from '../proxies.js';
import { type Stream, streamsOf } from '../streams.js';

/** A proxy passes on what a client begins with within this. */
const PASSES_WITHIN = 0.1e9;
/** Order within one capture. */
const ORDER_SLACK = 1e6;

/**
 * Pairs what is left of a proxy whose other legs are known, on the clock that those gave: legs on which the client's
 * words began at the same time, when they began on no other one that could be meant, and agree as far as a proxy does
 * not change them. Weak: a coincidence can look the same.
 */
export const timing: PairingMethod = {
  name: 'timing',
  proxied: true,
  find(context, pair) {
    const { client, server, pairs, clock } = context;
    if (clock === null || pairs.length === pairs.forwarded) return;
    const candidates = new ProxyCandidates(context);
    const proxies = new Proxies(pairs, client, server);
    const legs = (end: 'client' | 'server'): Leg[] =>
      [...pairs.unpaired(end)]
        .filter((row) => candidates.isFree(end, row) && (end === 'client' || proxies.isLeg(end, row)))
        .flatMap((row) => {
          const said = streamsOf(context[end].log).of(row, 0);
          if (said === null || said.length === 0) return [];
          return { row, began: end === 'client' ? said.firstTime : clock.toClient(said.firstTime) };
        })
        .sort((a, b) => a.began - b.began);
    const slack = 2 * clock.uncertainty + ORDER_SLACK;
    for (const [a, b] of onlyNeighbours(legs('client'), legs('server'), -slack, PASSES_WITHIN + slack))
      if (candidates.couldBelong(a, b) && agree(context, a, b)) pair(a, b);
  },
};

interface Leg {
  readonly row: number;
  readonly began: number;
}

/** Rows of one side that have exactly one of the other within these bounds after them, which has no other one either. */
function onlyNeighbours(
  first: readonly Leg[],
  second: readonly Leg[],
  least: number,
  most: number,
): [number, number][] {
  const of = (leg: Leg) => within(second, leg.began + least, leg.began + most);
  const back = (leg: Leg) => within(first, leg.began - most, leg.began - least);
  return first.flatMap((leg): [number, number][] => {
    const there = of(leg);
    return there !== null && back(there) === leg ? [[leg.row, there.row]] : [];
  });
}

/** The only leg on which words began between two times, or null. */
function within(legs: readonly Leg[], from: number, to: number): Leg | null {
  let low = 0;
  let high = legs.length;
  while (low < high) {
    const half = (low + high) >>> 1;
    if (legs[half].began < from) low = half + 1;
    else high = half;
  }
  const leg = legs[low];
  if (leg === undefined || leg.began > to) return null;
  return (legs[low + 1]?.began ?? Number.POSITIVE_INFINITY) <= to ? null : leg;
}

/** Whether the client's words went through: the same requests, or as many bytes, or TLS that the proxy ends. */
function agree({ client, server }: PairingContext, a: number, b: number): boolean {
  const said = streamsOf(client.log).of(a, 0);
  const passed = streamsOf(server.log).of(b, 0);
  if (said === null || passed === null || said.length === 0 || passed.length === 0) return false;
  const [one, other] = [wordsOf(said), wordsOf(passed)];
  if (one.isHello !== other.isHello) return one.isHello;
  return one.isHttp === other.isHttp && one.size === other.size && one.digest === other.digest;
}

function wordsOf({ kinds, length, digest0, requests, requests0 }: Stream) {
  const isHttp = (kinds & OPENED_HTTP) !== 0;
  return {
    isHello: (kinds & OPENED_HELLO) !== 0,
    isHttp,
    size: isHttp ? requests : length,
    digest: isHttp ? requests0 : digest0,
  };
}
