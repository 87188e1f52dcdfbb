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
  const lived = isMass ? scene.crowd.livedThrough() : 0;
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
    fact('others-lived', isMass ? lived >= LEAST_LIVED : null, livedText, packets),
    fact('reset-burst', isBurst, burstText, packets),
    fact('at-fixed-interval', period !== null, beat, packets),
  ];
}
