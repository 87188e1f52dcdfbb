import { OPENED_LOCAL } from '../flow/opening/beginning.js';
import { isRefused, type Life, lifeOf } from './lives.js';
import type { PairingContext } from './method.js';
import type { End } from './path.js';
import { ProxyCandidates } from './proxied.js';
import { Proxies } from './proxies.js';
import { streamsOf } from './streams.js';

/** Turns times of a vantage into those of a clock that both have in common; nanoseconds. */
export type OnClock = (time: number) => number;

/** Times of the client's vantage are those of the clock. */
export const asItIs: OnClock = (time) => time;

/** Lives of the connections of one vantage that may be a proxy's legs, and that nothing but times can tell more of. */
export function unpairedLegs(context: PairingContext, end: End, onClock: OnClock): readonly Life[] {
  const candidates = new ProxyCandidates(context);
  const isWanted = end === 'client' ? isLeft(context, candidates, end) : isMadeForOne(context, candidates);
  const all = lives(context, end, isWanted, onClock);
  return end === 'client' ? all : withoutRetries(context, all);
}

/** Whether any connection is known to be a proxy's. */
export function anyProxied({ pairs, requests }: PairingContext): boolean {
  return pairs.length > pairs.forwarded || (requests?.pairs.length ?? 0) > 0;
}

/** Whether a connection may be a leg, and carries no request that tells more of it. */
function isLeft(
  { requests }: PairingContext,
  candidates: ProxyCandidates,
  end: End,
): (row: number) => boolean {
  return (row) => candidates.isFree(end, row) && requests?.carriesAny(end, row) !== true;
}

/** Whether a connection is, as far as anything tells, a proxy's, and does not say that the proxy speaks for itself. */
function isMadeForOne(context: PairingContext, candidates: ProxyCandidates): (row: number) => boolean {
  const { client, server, pairs, requests } = context;
  const proxies = new Proxies(pairs, client, server, requests);
  const isFree = isLeft(context, candidates, 'server');
  const isLeg = anyProxied(context) ? (row: number) => proxies.isLeg('server', row) : () => true;
  return (row) => {
    const own = (streamsOf(server.log).of(row, 0)?.kinds ?? 0) & OPENED_LOCAL;
    return own === 0 && isFree(row) && isLeg(row);
  };
}

/** The lives of those connections. */
function lives(
  context: PairingContext,
  end: End,
  isWanted: (row: number) => boolean,
  onClock: OnClock,
): Life[] {
  const { log } = context[end];
  const found: Life[] = [];
  for (const row of context.pairs.unpaired(end)) if (isWanted(row)) found.push(lifeOf(log, row, onClock));
  return found;
}

/** A proxy tries a backend that refuses it again within this. */
const TRIES_AGAIN_WITHIN = 3e9;

/** Leaves out refused connections with others to the same backend close by: which of them are tries for one client is open. */
function withoutRetries({ server }: PairingContext, lives: readonly Life[]): readonly Life[] {
  const refused = lives.filter(isRefused).sort((a, b) => a.end - b.end);
  const called = ({ row }: Life) => {
    const { family, address1, port1 } = server.log.connections.at(row);
    return `${family} ${address1} ${port1}`;
  };
  const last = new Map<string, Life>();
  const several = new Set<Life>();
  for (const life of refused) {
    const before = last.get(called(life));
    if (before !== undefined && life.end - before.end <= TRIES_AGAIN_WITHIN) several.add(before).add(life);
    last.set(called(life), life);
  }
  return lives.filter((life) => !several.has(life));
}
