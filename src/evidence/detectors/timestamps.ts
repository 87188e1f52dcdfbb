import { seqDiff } from '../../wire/seq.js';
import { ACK } from '../../wire/tcp-flags.js';
import { type Fact, fact, nameOf } from '../fact.js';
import type { Scene } from '../scene.js';
import { numberedZero, type Packet } from '../timeline.js';
import { isCounter } from './identification.js';

const MILLISECOND = 1e6;
/** Timestamp clocks tick at most once a millisecond (RFC 7323, 5.4); slower is common. */
const FASTEST_TICK = MILLISECOND;
/** Clock granularity and the sender's own queue. */
const TICK_SLACK = 1000;

/**
 * Timestamps option of an aborting socket against the sender's clock. Only an active reset carries it; a reset in
 * reply to a segment never does on Linux and BSD, so its absence there means nothing.
 */
export function timestamps(scene: Scene): Fact[] {
  const { seen, seenAt, sender } = scene;
  const last = lastOf(scene);
  const value = last?.[seenAt]?.timestamp ?? null;
  const who = nameOf(sender);
  if (value === null || seen.optionsCut) {
    const text = () => `no timestamps of the ${who} to compare with`;
    return [fact('timestamp-continues', null, text), fact('timestamp-missing', null, text)];
  }
  const missing = seen.timestamp === null;
  const aborts = (scene.reset.flags & ACK) !== 0 && !numberedZero(scene.reset);
  const does = isOfOwnClock(scene) === true;
  const text = () =>
    missing
      ? `no timestamps option, although the ${who} sends it`
      : `timestamp ${seen.timestamp} ${does ? 'continues' : 'does not continue'} the ${who}'s clock (${value} before)`;
  const packets = [last, scene.reset];
  return [
    fact('timestamp-continues', missing ? null : does, text, packets),
    fact('timestamp-missing', aborts && !(missing && hasOwnWindow(scene)) ? missing : null, text, packets),
  ];
}

/** Whether the timestamp of a RST can be of its alleged sender's own clock; null where either was not seen. */
export function isOfOwnClock(scene: Scene): boolean | null {
  const { seen, seenAt } = scene;
  const last = lastOf(scene)?.[seenAt] ?? null;
  if (seen.timestamp === null || last === null || last.timestamp === null) return null;
  const ticks = seqDiff(seen.timestamp, last.timestamp);
  return ticks >= 0 && ticks <= (seen.time - last.time) / FASTEST_TICK + TICK_SLACK;
}

/** The last one tells: a SYN offers the option, and the other end may not take it up (RFC 7323, 3.2). */
function lastOf({ before, sender, seenAt }: Scene): Packet | undefined {
  return before.findLast((packet) => packet.from === sender && packet[seenAt] !== null);
}

/**
 * A RST with the window that its alleged sender had last. macOS leaves the timestamps out of an abort and keeps the
 * window (nats.pcap of github.com/ntop/nDPI shows one, frame 13). Where its sender counts its packets, as Linux does, the
 * number tells: a forger can copy a window.
 */
export function hasOwnWindow(scene: Scene): boolean {
  const { seen, seenAt, habits } = scene;
  const last = lastOf(scene);
  const counts = habits !== null && isCounter(habits);
  return !counts && seen.window !== 0 && last?.[seenAt]?.window === seen.window;
}
