import { LifeHabits } from '../life-habits.js';
import { likeliestPairs } from '../life-match.js';
import { Crowdedness } from '../life-moments.js';
import { commonOffset, OFFSET_ERROR } from '../life-offset.js';
import { type Life, lifeOf } from '../lives.js';
import type { PairingContext, PairingMethod } from '../method.js';
import { ProxyCandidates } from '../proxied.js';
import { Services } from '../services.js';
import { anyProxied, asItIs, type OnClock, unpairedLegs } from '../unpaired-legs.js';
import { sayOtherwise } from '../words.js';

/**
 * Pairs the legs of a proxy that said nothing, or the same as others, by the moments of their lives: opened, silent,
 * spoken and ended together as no other two were. Weak: nothing but times says so, on the clock that stronger pairs gave
 * or, where a proxy changes every word, on the only one on which many lives agree.
 */
export const lifetime: PairingMethod = {
  name: 'lifetime',
  proxied: true,
  weak: true,
  find(context, pair) {
    const start = anyProxied(context) ? knownStart(context) : likeliestStart(context);
    if (start === null) return;
    for (const [a, b] of matched(context, start)) pair(a.row, b.row);
  },
};

/** What matching begins with: a clock, how far it may be wrong in nanoseconds, and lives that belong together. */
interface Start {
  readonly onClock: OnClock;
  readonly uncertainty: number;
  readonly known: readonly (readonly [Life, Life])[];
}

/** From what more than times told to be one connection. */
function knownStart({ client, server, pairs, clock }: PairingContext): Start | null {
  if (clock === null) return null;
  const onClock: OnClock = (time) => clock.toClient(time);
  const known: [Life, Life][] = [];
  for (const pair of pairs) {
    if (!pair.proxied || pair.weak) continue;
    known.push([lifeOf(client.log, pair.client, asItIs), lifeOf(server.log, pair.server, onClock)]);
  }
  return { onClock, uncertainty: clock.uncertainty, known };
}

/** From the lives themselves; a clock that forwarded connections gave must be the one that they agree on. */
function likeliestStart(context: PairingContext): Start | null {
  const { server, clock } = context;
  const told: OnClock = clock === null ? asItIs : (time) => clock.toClient(time);
  const common = commonOffset(unpairedLegs(context, 'client', asItIs), unpairedLegs(context, 'server', told));
  if (common === null) return null;
  const { offset, pairs } = common;
  if (clock !== null && Math.abs(offset) > clock.uncertainty + OFFSET_ERROR) return null;
  const onClock: OnClock = (time) => told(time) - offset;
  const known = pairs.map(([a, b]) => [a, lifeOf(server.log, b.row, onClock)] as const);
  return { onClock, uncertainty: OFFSET_ERROR, known };
}

/** Shorter captures tell no more of what is chance. */
const LEAST_SPAN = 1e9;
/** Rounds after which what is found teaches nothing more. */
const MOST_ROUNDS = 5;

/** Lives of both vantages that are one connection's; those that are found teach what the rest is looked for by. */
function matched(context: PairingContext, { onClock, uncertainty, known }: Start): [Life, Life][] {
  const candidates = new ProxyCandidates(context);
  const services = new Services(context);
  const ours = unpairedLegs(context, 'client', asItIs);
  const theirs = unpairedLegs(context, 'server', onClock);
  const couldBe = (a: Life, b: Life) =>
    services.mayBelong(a.row, b.row) &&
    candidates.couldBelong(a.row, b.row) &&
    !sayOtherwise(context, a.row, b.row);
  const span = Math.max(LEAST_SPAN, context.client.lastTime);
  const crowd = new Crowdedness(theirs);
  let found: [Life, Life][] = [];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const habits = new LifeHabits([...known, ...found], uncertainty, span, crowd);
    const now = likeliestPairs(ours, theirs, habits, couldBe);
    if (now.length <= found.length) break;
    found = now;
  }
  return found;
}
