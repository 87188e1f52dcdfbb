import { crossed, endOf, isReset, type Packet } from '../evidence/timeline.js';
import type { LadderStep } from '../result.js';
import type { Verdict } from '../verdict/verdict.js';
import { keyOf } from './choose.js';

/** An absence that is trusted less than this is not drawn as one. */
const LEAST_TRUST = 0.35;

/** What became of a packet between the two vantages, as far as the captures can tell. */
export function fateOf(packet: Packet, verdict: Verdict): LadderStep['fate'] {
  const { path } = verdict.evidenceOf;
  if (path.client === null || path.server === null) return 'unknown';
  if (crossed(packet)) return 'crossed';
  const near = endOf(packet.from);
  if (packet[near] === null) return madeBetween(packet, verdict) ? 'made-between' : 'unknown';
  if (verdict.drop?.lost.some((lost) => keyOf(lost) === keyOf(packet))) return 'lost';
  const far = near === 'client' ? 'server' : 'client';
  const trust = verdict.scenes[0]?.scene.watch.trust(far, packet.time, path) ?? 0;
  return trust >= LEAST_TRUST ? 'lost' : 'unknown';
}

/** A RST that arrived, and that the capture near its alleged sender would have seen leave. */
function madeBetween(packet: Packet, { scenes }: Verdict): boolean {
  if (!isReset(packet)) return false;
  const event = scenes
    .map(({ scene }) => scene.event)
    .find(({ packets }) => packets.some((one) => keyOf(one) === keyOf(packet)));
  return event?.origin.possible.join() === 'between';
}
