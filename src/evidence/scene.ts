import type { SeenSegment, Side, SideState } from '../flow/connection.js';
import type { End, Path } from '../pair/path.js';
import { seqAdd, seqDiff } from '../wire/seq.js';
import { ACK, FIN, RST, SYN } from '../wire/tcp-flags.js';
import type { ClosesAround } from './closes.js';
import type { Crossing } from './crossings.js';
import type { ResetEvent } from './event.js';
import type { ClosedThen } from './other-legs.js';
import type { Elsewhere } from './places.js';
import { failedProbes, type ProbeRun } from './probe-run.js';
import type { Beyond } from './proxy.js';
import { atClose, findStop, REPLY_WITHIN } from './stop.js';
import type { Survived } from './survivors.js';
import {
  endOf,
  endOfSequence,
  isReset,
  LONGEST_TRANSIT,
  nearSender,
  numberedZero,
  type Packet,
  timeBetween,
} from './timeline.js';
import type { Watch } from './watching.js';

/** Packets on either side of a RST that can bear on it; more are only there in a storm of resets. */
const AROUND = 256;

/** What other events of the same captures add to the judgement of one. */
export interface Crowd {
  /** Resets that the same host sent on other connections within moments of this one. */
  readonly atOnce: number;
  /** How other connections of the same host ended whose probes went out at the same pace as these. */
  gaveUpAlike(run: ProbeRun): readonly GivenUp[];
  /** What of other connections got across while packets of this one vanished between two moments. */
  crossedAround(from: number, to: number): Crossing;
  /**
   * Resets made in the same place in the same way: those within moments of this one, those after the same idle gap
   * at any time, of these the ones that did not come in the same moments and the ones of this very moment, those of
   * connections in use within moments of this one, those in the very moment of this one after another idle time, and those after any idle time up to a length.
   */
  readonly together: {
    readonly all: number;
    readonly alike: number;
    readonly alikeElsewhen: number;
    readonly alikeAtOnce: number;
    readonly inUse: number;
    readonly otherwiseIdle: number;
    idleUpTo(longest: number): number;
  };
  /** How what can be the other leg of this connection was closed just then; null where nothing was, or the clocks cannot tell. */
  otherLegsClosed(): ClosedThen | null;
  /** When last, since a time, many connections in use were reset at once in the same place; null if they were not. */
  inUseResetSince(since: number): number | null;
  /** Of the resets made in the same place within moments of this one, those whose connection was still forwarded after it. */
  readonly forwardedOn: number;
  /** Idle connections of the same client that were reset in another place between the captures; null where none were. */
  elsewhere(): Elsewhere | null;
  /** Connections that were there before this event and were heard after it. */
  livedThrough(): number;
  /** Connections of the same frontend that came through an idle time between two lengths, in nanoseconds. */
  survivedBetween(from: number, to: number): Survived;
  /** Other closes of a host around one, at the vantage where the RST was seen. */
  closesAround(host: string, time: number, gap: number): ClosesAround;
  /** Nanoseconds from one reset of the same caller toward the same service to the next, where they come like clockwork. */
  readonly period: number | null;
  /** Nanoseconds from one refused call of the same caller to the next, where they come like clockwork; null for what is no refusal. */
  readonly calledEvery: number | null;
  /** Nanoseconds until the client was served again by the same service; null if it was not, or has many connections. */
  servedAgain(): number | null;
}

/** How a host gave a connection up: after how many probes, and how long after it had heard the last. */
export interface GivenUp {
  readonly sent: number;
  /** Nanoseconds. */
  readonly patience: number;
}

/** An event that nobody else says anything about. */
const ALONE: Crowd = {
  atOnce: 0,
  gaveUpAlike: () => [],
  crossedAround: () => null,
  together: {
    all: 0,
    alike: 0,
    alikeElsewhen: 0,
    alikeAtOnce: 0,
    inUse: 0,
    otherwiseIdle: 0,
    idleUpTo: () => 0,
  },
  otherLegsClosed: () => null,
  elsewhere: () => null,
  inUseResetSince: () => null,
  forwardedOn: 0,
  livedThrough: () => 0,
  survivedBetween: () => ({ ofFrontend: 0, ofAddress: 0 }),
  closesAround: () => ({ otherwiseIdle: 0, likewiseIdle: 0, likewiseByChance: 0 }),
  period: null,
  calledEvery: null,
  servedAgain: () => null,
};

/** One reset event on its path with everything around it: what detectors look at. */
export interface Scene {
  readonly path: Path;
  readonly timeline: readonly Packet[];
  readonly event: ResetEvent;
  readonly watch: Watch;
  /** Of the clock between the captures, in nanoseconds. */
  readonly uncertainty: number;
  /** Events on the same path before this one. */
  readonly earlier: readonly ResetEvent[];
  /** The first RST, and its alleged sender. */
  readonly reset: Packet;
  readonly sender: Side;
  readonly receiver: Side;
  /** The sighting nearest to the alleged sender. */
  readonly seenAt: End;
  readonly seen: SeenSegment;
  /** Habits of the alleged sender at that vantage. */
  readonly habits: SideState | null;
  /** Packets other than RSTs that were seen before the first RST; without a common clock, at the same vantage. */
  readonly before: readonly Packet[];
  /** Packets other than RSTs that were seen after it. */
  readonly after: readonly Packet[];
  /** The segment that the RST answers, if it answers one. */
  readonly trigger: Packet | null;
  /** The keepalive probes after which the sender gave up; null when it sent none right before. */
  readonly probing: ProbeRun | null;
  readonly crowd: Crowd;
  /** The leg beyond the proxy; null where there is no proxy, or the leg is not known. */
  readonly beyond: Beyond | null;
  /** Last packet that got across before things stopped, and the first after it that did not (or the RST). */
  readonly lastCrossing: Packet | null;
  readonly stoppedAt: Packet;
}

/** Puts the scene of one event together. */
export function sceneOf(
  path: Path,
  timeline: readonly Packet[],
  event: ResetEvent,
  earlier: readonly ResetEvent[],
  watch: Watch,
  uncertainty: number,
  beyond: Beyond | null,
): Scene {
  const reset = event.packets[0] as Packet;
  const { end, segment } = nearSender(reset);
  const inOrder = watch.clock === null ? timeline.filter((packet) => packet[end] !== null) : timeline;
  const at = inOrder.indexOf(reset);
  const before = inOrder.slice(Math.max(0, at - AROUND), at).filter((packet) => !isReset(packet));
  const after = inOrder.slice(at + 1, at + AROUND).filter((packet) => !isReset(packet));
  const trigger = findTrigger(reset, before, end);
  const isBetween = event.origin.possible.join() === 'between';
  const { lastCrossing, stoppedAt } = atClose(
    findStop(reset, trigger, before, path, isBetween),
    reset,
    before,
  );
  return {
    path,
    timeline,
    event,
    watch,
    uncertainty,
    earlier,
    reset,
    sender: event.from,
    receiver: (1 - event.from) as Side,
    seenAt: end,
    seen: segment,
    habits: path[end]?.sides?.[event.from] ?? null,
    before,
    after,
    trigger,
    probing: failedProbes(before, reset, path),
    crowd: ALONE,
    beyond,
    lastCrossing,
    stoppedAt,
  };
}

/**
 * The segment that a RST answers. A reply takes its numbers from what it answers (RFC 9293, 3.5.2): without ACK its
 * sequence number is the other's acknowledgement number, with ACK and sequence number 0 it acknowledges all of it.
 */
function findTrigger(reset: Packet, before: readonly Packet[], seenAt: End): Packet | null {
  for (let i = before.length - 1; i >= 0; i -= 1) {
    const packet = before[i] as Packet;
    if (reset.time - packet.time > LONGEST_TRANSIT) return null;
    const isPrompt = timeBetween(packet, reset, seenAt) <= REPLY_WITHIN;
    if (isPrompt && packet.from !== reset.from && isAnswer(reset, packet)) return packet;
  }
  return null;
}

function isAnswer(reset: Packet, packet: Packet): boolean {
  const withAck = (reset.flags & ACK) !== 0;
  if (withAck && numberedZero(reset))
    return (packet.flags & (SYN | ACK)) === SYN && reset.ack === endOfSequence(packet);
  if ((packet.flags & ACK) === 0 || packet.ack !== reset.seq) return false;
  return !withAck || reset.ack === endOfSequence(packet);
}

/** Highest sequence number that a side had reached before a point in the timeline; null if it sent nothing. */
export function reached(side: Side, packets: readonly Packet[]): number | null {
  let highest: number | null = null;
  for (const packet of packets) {
    if (packet.from !== side || (packet.flags & RST) !== 0) continue;
    const end = endOfSequence(packet);
    if (highest === null || seqDiff(end, highest) > 0) highest = end;
  }
  return highest;
}

/** The highest number that a side had reached, by what it sent and by what the other one acknowledged. */
export function knownReached(side: Side, packets: readonly Packet[]): number | null {
  let highest = reached(side, packets);
  for (const packet of packets) {
    if (packet.from === side || isReset(packet) || (packet.flags & ACK) === 0) continue;
    if (highest === null || seqDiff(packet.ack, highest) > 0) highest = packet.ack;
  }
  return highest;
}

/**
 * A keepalive probe: at most one byte, one below what comes next, nothing but ACK (RFC 9293, 3.8.4), and the peer's
 * window open: a zero-window probe of Linux looks the same (net/ipv4/tcp_output.c, tcp_xmit_probe_skb).
 */
export function isProbe(packet: Packet, earlier: readonly Packet[]): boolean {
  if (packet.length > 1 || (packet.flags & (SYN | FIN | RST)) !== 0) return false;
  const next = reached(packet.from, earlier);
  if (next === null || packet.seq !== seqAdd(next, -1)) return false;
  const peer = earlier.findLast((other) => other.from !== packet.from);
  return peer === undefined || nearSender(peer).segment.window > 0;
}

/** The capture near the RST's sender has nothing of the connection before it, although the other one has. */
export function beganTooLate({ before, seenAt }: Scene): boolean {
  return before.length > 0 && before.every((packet) => packet[seenAt] === null);
}

/** The RST came from where there is no capture of this connection, and no connection is in both captures. */
export function isProxyLikely({ path, sender, watch }: Scene): boolean {
  return path[endOf(sender)] === null && watch.bothCaptured && !watch.forwards;
}

/** Whether packets of one side all failed to reach the other vantage: 0 if one did or nothing can be said, else the trust in it. */
export function trustInLoss(
  packets: readonly Packet[],
  { path, watch }: Pick<Scene, 'path' | 'watch'>,
): number {
  const trusts = packets.map((packet) => {
    const far: End = endOf(packet.from) === 'client' ? 'server' : 'client';
    return packet[far] !== null || path[far] === null
      ? 0
      : watch.trust(far, packet.time, path, packets.length);
  });
  return trusts.length === 0 ? 0 : Math.min(...trusts);
}
