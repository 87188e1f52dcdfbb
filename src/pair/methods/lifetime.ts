import { OPENED_LOCAL } from '../../flow/opening/beginning.js';
import type { Clock } from '../clock.js';
import { LifeHabits } from '../life-habits.js';
import { likeliestPairs } from '../life-match.js';
import { Crowdedness } from '../life-moments.js';
import { isRefused, type Life, lifeOf } from '../lives.js';
import type { PairingContext, PairingMethod } from '../method.js';
import type { End } from '../path.js';
import { ProxyCandidates } from '../proxied.js';
import { Proxies } from '../proxies.js';
import { Services } from '../services.js';
import { streamsOf } from '../streams.js';
import { sayOtherwise } from '../words.js';

/**
 * Pairs the legs of a proxy that said nothing, or the same as others, by the moments of their lives: opened, silent,
 * spoken and ended together as no other two were. Weak: nothing but times says so, on the clock that stronger pairs gave.
 */
export const lifetime: PairingMethod = {
  name: 'lifetime',
  proxied: true,
  weak: true,
  find(context, pair) {
    const { clock, pairs, requests } = context;
    const anyProxied = pairs.length > pairs.forwarded || (requests?.pairs.length ?? 0) > 0;
    if (clock === null || !anyProxied) return;
    for (const [a, b] of matched(context, clock)) pair(a.row, b.row);
  },
};

/** Shorter captures tell no more of what is chance. */
const LEAST_SPAN = 1e9;
/** Rounds after which what is found teaches nothing more. */
const MOST_ROUNDS = 5;

/** Lives of both vantages that are one connection's; those that are found teach what the rest is looked for by. */
function matched(context: PairingContext, clock: Clock): [Life, Life][] {
  const onClock = (time: number) => clock.toClient(time);
  const candidates = new ProxyCandidates(context);
  const services = new Services(context);
  const ours = lives(context, 'client', isLeft(context, candidates, 'client'), asItIs);
  const theirs = withoutRetries(
    context,
    lives(context, 'server', isMadeForOne(context, candidates), onClock),
  );
  const known = knownLives(context, onClock);
  const couldBe = (a: Life, b: Life) =>
    services.mayBelong(a.row, b.row) &&
    candidates.couldBelong(a.row, b.row) &&
    !sayOtherwise(context, a.row, b.row);
  const span = Math.max(LEAST_SPAN, context.client.lastTime);
  const crowd = new Crowdedness(theirs);
  let found: [Life, Life][] = [];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const habits = new LifeHabits([...known, ...found], clock.uncertainty, span, crowd);
    const before = found.length;
    found = likeliestPairs(ours, theirs, habits, couldBe);
    if (found.length === before) break;
  }
  return found;
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
  return (row) => {
    const own = (streamsOf(server.log).of(row, 0)?.kinds ?? 0) & OPENED_LOCAL;
    return own === 0 && isFree(row) && proxies.isLeg('server', row);
  };
}

const asItIs = (time: number) => time;

/** The lives of those connections. */
function lives(
  context: PairingContext,
  end: End,
  isWanted: (row: number) => boolean,
  onClock: (time: number) => number,
): Life[] {
  const { log } = context[end];
  const found: Life[] = [];
  for (const row of context.pairs.unpaired(end)) if (isWanted(row)) found.push(lifeOf(log, row, onClock));
  return found;
}

/** Lives of what more than times told to be one connection. */
function knownLives(
  { client, server, pairs }: PairingContext,
  onClock: (time: number) => number,
): [Life, Life][] {
  const known: [Life, Life][] = [];
  for (const pair of pairs) {
    if (!pair.proxied || pair.weak) continue;
    known.push([lifeOf(client.log, pair.client, asItIs), lifeOf(server.log, pair.server, onClock)]);
  }
  return known;
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
