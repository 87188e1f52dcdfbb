import { type Fact, fact, nameOf, spell } from '../fact.js';
import type { Scene } from '../scene.js';
import { idleGap, LEAST_IDLE } from './idle.js';

/** One connection that lived may have taken another way. */
const LEAST_LIVED = 2;
/** Fewer resets in one moment, or in one second, are chance. */
const LEAST_BURST = 2;
const LEAST_MASS = 3;

/** Other connections that were reset at the same moment: by the same host, or in between. */
export function crowd(scene: Scene): Fact[] {
  const { atOnce, together, period } = scene.crowd;
  const text = () =>
    `${atOnce} other connection${atOnce === 1 ? '' : 's'} of the same ${nameOf(scene.sender)} reset at the same moment`;
  const gap = idleGap(scene);
  const ofOneTimer = gap !== null && gap >= LEAST_IDLE && 2 * together.alike >= together.all;
  const isMass = together.inUse >= LEAST_MASS && !ofOneTimer;
  const massText = () =>
    isMass
      ? `${together.inUse} other connections in use were reset in the same place within a second`
      : 'no crowd of resets at the same moment';
  const endedTogether = isOneSweep(scene, gap);
  const togetherText = () =>
    endedTogether
      ? `${together.otherwiseIdle} other connections, busy and idle ones, were reset in the same place in that moment: no timer of each did that`
      : 'no crowd of busy and idle connections ended in that moment';
  const isCrowd = isMass || endedTogether;
  const lived = isCrowd ? scene.crowd.livedThrough() : 0;
  const livedText = () =>
    lived >= LEAST_LIVED
      ? `${lived} other connections in use came through that moment unharmed: something chose`
      : 'no crowd of connections in use came through that moment';
  const isBurst = atOnce >= LEAST_BURST && 2 * atOnce >= together.all && !ofOneTimer;
  const burstText = () =>
    isBurst
      ? `${atOnce} other connections were reset in the same moment, and hardly any in the second around it`
      : 'resets around this one do not come in one burst';
  const beat = () =>
    period === null
      ? 'resets toward this service do not come at a fixed interval'
      : `the same host resets a connection to this service every ${spell(period)}`;
  const packets = [scene.reset];
  return [
    fact('several-at-once', atOnce > 0, text, packets),
    fact('mass-reset', isMass, massText, packets),
    fact('others-lived', isCrowd ? lived >= LEAST_LIVED : null, livedText, packets),
    fact('ended-together', endedTogether, togetherText, packets),
    stateLost(scene),
    fact('reset-burst', isBurst, burstText, packets),
    fact('at-fixed-interval', period !== null, beat, packets),
    called(scene),
  ];
}

/** Whether something ended connections in one moment whatever their idle times, and not only unused ones. */
function isOneSweep(scene: Scene, gap: number | null): boolean {
  const { otherwiseIdle, all, inUse } = scene.crowd.together;
  const someInUse = inUse > 0 || (gap !== null && gap < LEAST_IDLE);
  return otherwiseIdle >= LEAST_MASS && 2 * otherwiseIdle >= all && someInUse && !isKept(scene);
}

/**
 * A connection that carries requests of several clients, and had answered the last: a proxy that keeps such for later
 * throws them away in sweeps, however long each had been kept.
 */
function isKept({ beyond, before, sender }: Scene): boolean {
  const last = before.findLast(({ length }) => length > 1);
  return sender === 0 && (beyond?.request ?? null) !== null && last?.from !== sender;
}

/** While this connection was quiet, those in use were reset: what had become of them had become of this one too. */
function stateLost(scene: Scene): Fact {
  const { lastCrossing, crowd: others, reset } = scene;
  const since = lastCrossing === null ? null : others.inUseResetSince(lastCrossing.time);
  const text = () =>
    since === null
      ? 'no crowd of connections in use was reset while this one was quiet'
      : `at least ${LEAST_MASS} other connections in use had been reset in the same place ${spell(reset.time - since)} before, while nothing crossed here`;
  return fact('mass-reset-since', since !== null, text, [lastCrossing, reset]);
}

/** A caller that asks in vain at fixed intervals is a prober, not a user. */
function called({ crowd: { calledEvery }, reset }: Scene): Fact {
  const text = () =>
    calledEvery === null
      ? 'the same caller is not refused at fixed intervals'
      : `the same caller is refused by this service every ${spell(calledEvery)}`;
  return fact('called-at-interval', calledEvery !== null, text, [reset]);
}
