import { SYN } from '../wire/tcp-flags.js';
import { idleGap, LEAST_IDLE } from './detectors/idle.js';
import { stillForwarded } from './forwarded.js';
import type { Scene } from './scene.js';
import { Momentary, Values } from './sorted.js';

const SECOND = 1e9;
/** A box that loses or throws away its state shows it within this on every connection that is in use. */
export const TOGETHER = 1 * SECOND;

/** What one cause does to several connections comes within this. */
const TICK = 0.05 * SECOND;

/** What is remembered of events: times and idle gaps, as numbers. */
export interface Happenings {
  /** By the host in whose name a RST came. */
  readonly times: Values;
  /** By where and how it was made. */
  readonly made: Values;
  /** The same of those whose connection was in use. */
  readonly inUse: Values;
  readonly gaps: Values;
  /** By the very moment too. */
  readonly gapsAtOnce: Momentary;
  /** By who reset whom. */
  readonly services: Values;
  /** Of those that answer a SYN, by who was called by whom. */
  readonly refused: Values;
  /** Of those made in between, the ones whose connection was still forwarded after it. */
  readonly forwardedOn: Values;
}

export function happenings(): Happenings {
  return {
    times: new Values(),
    made: new Values(),
    inUse: new Values(),
    gaps: new Values(),
    gapsAtOnce: new Momentary(TICK),
    services: new Values(),
    refused: new Values(),
    forwardedOn: new Values(),
  };
}

/** Those of a few events alone. */
export function happeningsOf(scenes: readonly Scene[]): Happenings {
  const values = happenings();
  for (const scene of scenes) note(scene, values);
  return values;
}

/** Remembers one event. */
export function note(
  scene: Scene,
  { times, made, inUse, gaps, gapsAtOnce, services, refused, forwardedOn }: Happenings,
): void {
  services.add(serviceOf(scene), scene.reset.time);
  if (refusesSyn(scene)) refused.add(callerOf(scene), scene.reset.time);
  times.add(senderOf(scene), scene.reset.time);
  made.add(kindOf(scene), scene.reset.time);
  if (stillForwarded(scene) !== undefined) forwardedOn.add(kindOf(scene), scene.reset.time);
  const gap = idleGap(scene);
  if (gap === null) return;
  gaps.add(kindOf(scene), gap);
  if (isInUse(gap)) inUse.add(kindOf(scene), scene.reset.time);
  gapsAtOnce.add(kindOf(scene), scene.reset.time, gap);
}

/** The host in whose name a RST came, at the vantage where it was seen. */
export function senderOf(scene: Scene): string {
  return `${scene.seenAt} ${scene.path[scene.seenAt]?.endpoints[scene.sender].ip ?? ''}`;
}

/** The host in whose name a RST came, and the service that it was about. */
export function serviceOf(scene: Scene): string {
  const { ip, port } = scene.path[scene.seenAt]?.endpoints[1] ?? { ip: '', port: 0 };
  return `${senderOf(scene)} ${ip} ${port}`;
}

/** The service, and the host that called it. */
export function callerOf(scene: Scene): string {
  return `${serviceOf(scene)} ${scene.path[scene.seenAt]?.endpoints[0].ip ?? ''}`;
}

/** Whether a RST answers the SYN of a caller. */
export function refusesSyn({ sender, trigger }: Scene): boolean {
  return sender === 1 && trigger !== null && (trigger.flags & SYN) !== 0;
}

/** Something had crossed shortly before: no idle timer ended that connection. */
export function isInUse(gap: number | null): boolean {
  return gap !== null && gap < LEAST_IDLE;
}

/** Events that were made in the same place in the same way. */
export function kindOf({ event, path, seenAt, sender, seen }: Scene): string {
  // A proxy ends both legs of a connection: as one thing, they count once at each end.
  const leg = path.mode === 'proxy' ? seenAt : '';
  const origin = event.origin.possible.join();
  // A RST toward one end tells where it was made: one box stands at one distance.
  const place = origin === 'between' && !event.bothEnds ? `${seenAt} ${sender} ${seen.ttl}` : '';
  return `${origin} ${event.bothEnds} ${leg} ${place}`;
}
