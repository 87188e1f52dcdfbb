import { OPENED_LOCAL } from '../../flow/opening/beginning.js';
import type { Clock } from '../clock.js';
import { LifeHabits } from '../life-habits.js';
import { onlyFits } from '../life-match.js';
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

/** Lives of both vantages that fit each other and no other. */
function matched(context: PairingContext, clock: Clock): [Life, Life][] {
  const onClock = (time: number) => clock.toClient(time);
  const candidates = new ProxyCandidates(context);
  const services = new Services(context);
  const ours = lives(context, 'client', isLeft(context, candidates, 'client'), asItIs);
  const theirs = withoutRetries(
    context,
    lives(context, 'server', isMadeForOne(context, candidates), onClock),
  );
  const habits = learnt(context, clock.uncertainty, onClock);
  const couldBe = (a: Life, b: Life) =>
    services.mayBelong(a.row, b.row) &&
    candidates.couldBelong(a.row, b.row) &&
    !sayOtherwise(context, a.row, b.row);
  const found: [Life, Life][] = [];
  const taken = new Set<Life>();
  for (const wholly of [true, false]) {
    const fits = (a: Life, b: Life) => habits.fit(a, b, wholly) && couldBe(a, b);
    for (let before = -1; before !== found.length; ) {
      before = found.length;
      const left = (life: Life) => !taken.has(life);
      for (const two of onlyFits(ours.filter(left), theirs.filter(left), habits, fits)) {
        found.push(two);
        for (const life of two) taken.add(life);
      }
    }
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

/** The lives of those connections, in the order in which they began. */
function lives(
  context: PairingContext,
  end: End,
  isWanted: (row: number) => boolean,
  onClock: (time: number) => number,
): Life[] {
  const { log } = context[end];
  const found: Life[] = [];
  for (const row of context.pairs.unpaired(end)) {
    const life = isWanted(row) ? lifeOf(log, row, onClock) : null;
    if (life !== null) found.push(life);
  }
  return found.sort((a, b) => a.begin - b.begin);
}

function learnt(
  { client, server, pairs }: PairingContext,
  uncertainty: number,
  onClock: (time: number) => number,
): LifeHabits {
  const habits = new LifeHabits(uncertainty);
  for (const pair of pairs) {
    if (!pair.proxied || pair.weak) continue;
    const here = lifeOf(client.log, pair.client, asItIs);
    const there = lifeOf(server.log, pair.server, onClock);
    if (here !== null && there !== null) habits.learn(here, there);
  }
  return habits;
}

/** A proxy tries a backend that refuses it again within this. */
const TRIES_AGAIN_WITHIN = 3e9;

/** Leaves out refused connections with others to the same backend close by: which of them are tries for one client is open. */
function withoutRetries({ server }: PairingContext, lives: readonly Life[]): readonly Life[] {
  const refused = lives.filter(isRefused);
  const called = ({ row }: Life) => {
    const { family, address1, port1 } = server.log.connections.at(row);
    return `${family} ${address1} ${port1}`;
  };
  const last = new Map<string, Life>();
  const several = new Set<Life>();
  for (const life of refused) {
    const before = last.get(called(life));
    if (before !== undefined && life.begin - before.end <= TRIES_AGAIN_WITHIN) several.add(before).add(life);
    last.set(called(life), life);
  }
  return lives.filter((life) => !several.has(life));
}
