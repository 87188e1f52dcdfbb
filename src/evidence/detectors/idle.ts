import type { Side } from '../../flow/connection.js';
import { seqDiff } from '../../wire/seq.js';
import { ACK } from '../../wire/tcp-flags.js';
import { isAhead } from '../ahead.js';
import { type Fact, fact, spell } from '../fact.js';
import { knownReached, reached, type Scene } from '../scene.js';
import type { Survived } from '../survivors.js';
import { numberedZero } from '../timeline.js';

const SECOND = 1e9;
/** Shorter than this is a pause in a conversation, as far as one connection tells: few idle timers are set that low. */
export const LEAST_IDLE = 5 * SECOND;
/** A timer of just that length fires a little early by the clock of a capture. */
const EARLY = 0.98;
/** Shorter idle times tell of a timer where several connections ended after the same one, at different moments. */
const LEAST_TIMER = 1 * SECOND;
const LEAST_OF_ONE_TIMER = 3;
/** The shortest idle gap that carries full weight by itself. */
export const LONG_IDLE = 10 * SECOND;
const LEAST_CLUSTER = 2;
/** Connections that were left idle at the same time end after the same idle time, whatever ended them. */
const ALL_AT_ONCE = 0.5;

/**
 * Nanoseconds without activity at the balancer: from the last segment known to have crossed it to the RST, to the
 * segment that was answered by it, or to the first that vanished. Null when nothing was seen before.
 */
export function idleGap(scene: Scene): number | null {
  return scene.lastCrossing === null ? null : scene.stoppedAt.time - scene.lastCrossing.time;
}

/** Whether a gap is idleness: by its length, or because a timer shows in others of the same length. */
export function isIdleTime(gap: number, showsTimer: boolean): boolean {
  return gap >= EARLY * LEAST_IDLE || (showsTimer && gap >= LEAST_TIMER);
}

/** Idleness before the event, data in flight, and other connections that died after the same gap. */
export function idle(scene: Scene): Fact[] {
  const gap = idleGap(scene);
  if (gap === null) return unmeasured('nothing was seen before the reset to measure idle time from');
  if (saidUnseen(scene))
    return unmeasured('data was exchanged that was not captured: how long nothing crossed does not show');
  const packets = [scene.lastCrossing, scene.stoppedAt];
  const text = () => `nothing crossed for ${spell(gap)} before it`;
  const isIdle = isIdleTime(gap, scene.crowd.together.alikeElsewhen >= LEAST_OF_ONE_TIMER);
  return [
    fact('idle-before', isIdle, isIdle ? text : () => `only ${spell(gap)} since the last segment`, packets),
    fact('idle-long-before', gap >= LONG_IDLE, text, packets),
    cluster(scene, gap, packets),
    knownTimer(gap, packets),
    separates(scene, gap, packets),
    inStep(scene, gap),
    longerSurvived(scene.crowd.survivedBetween(longerThan(gap), Number.POSITIVE_INFINITY), packets),
    inFlight(scene),
  ];
}

function unmeasured(why: string): Fact[] {
  const ids = ['idle-before', 'idle-long-before', 'idle-cluster', 'idle-separates', 'idle-in-step'] as const;
  return ids.map((id) => fact(id, null, why));
}

/** The RST's own numbers are beyond all that was captured, as in a capture of nothing but SYN, FIN and RST. */
function saidUnseen({ reset, before, after, sender, receiver }: Scene): boolean {
  if (numberedZero(reset) || before.some(({ length }) => length > 0)) return false;
  const isBeyond = (number: number, side: Side) => {
    const known = knownReached(side, [...before, ...after]);
    return known !== null && isAhead(number, known);
  };
  const acks = (reset.flags & ACK) !== 0;
  return isBeyond(reset.seq, sender) || (acks && isBeyond(reset.ack, receiver));
}

function cluster(scene: Scene, gap: number, packets: Fact['packets']): Fact {
  const { alike, alikeElsewhen } = scene.crowd.together;
  const quality = alikeElsewhen >= LEAST_CLUSTER ? 1 : ALL_AT_ONCE;
  const text = () =>
    `${alike} other connection${alike === 1 ? '' : 's'} ended after the same idle time (${spell(gap)})`;
  return fact('idle-cluster', alike >= LEAST_CLUSTER && gap >= SECOND, text, packets, quality);
}

/** Others that ended in this very moment had all been idle for as long: one timer or one sweep ended them, not a stop. */
function inStep({ crowd: { together }, reset }: Scene, gap: number): Fact {
  const state = together.alikeAtOnce > 0 && together.otherwiseIdle === 0;
  const others = `${together.alikeAtOnce} other connection${together.alikeAtOnce === 1 ? '' : 's'}`;
  const text = () =>
    state
      ? `${others} that ended in this moment had been idle for just as long (${spell(gap)}), none for another time`
      : 'no others that were idle for as long, and only such, ended in this moment';
  return fact('idle-in-step', state, text, [reset]);
}

/** Connections of one frontend that lived, or that ended in this way: fewer of either are no boundary between them. */
const LEAST_ON_EACH_SIDE = 3;
/** Idle times that lived are near enough to the ones that did not from this share of them on. */
const NEAR_SHARE = 0.2;

/**
 * Every idle time that was survived is shorter than this one, and others ended like it: what ends connections goes by
 * their idle time. A box that answers only the next packet lets them be idle for longer than its timer, so theirs need
 * not agree.
 */
function separates({ crowd }: Scene, gap: number, packets: Fact['packets']): Fact {
  const died = crowd.together.idleUpTo(Number.POSITIVE_INFINITY) + 1;
  const near = crowd.survivedBetween(NEAR_SHARE * gap, gap);
  const longer = crowd.survivedBetween(gap, Number.POSITIVE_INFINITY);
  const parts = (of: keyof Survived) => near[of] >= LEAST_ON_EACH_SIDE && longer[of] === 0;
  const ofFrontend = parts('ofFrontend');
  const state = died >= LEAST_ON_EACH_SIDE && (ofFrontend || parts('ofAddress'));
  const lived = ofFrontend ? near.ofFrontend : near.ofAddress;
  const text = () =>
    state
      ? `${lived} connections of the same ${ofFrontend ? 'frontend' : 'address'} came through shorter idle times, none through one this long, and ${died} ended like this after being idle`
      : 'idle times that were survived and those that were not do not part in two';
  return fact('idle-separates', state, text, packets, ofFrontend ? 1 : TRUST_IN_ADDRESS);
}

/** Trust in what other ports of the same address tell: each may have a timer of its own. */
const TRUST_IN_ADDRESS = 0.4;

/** Longer than this one by so much that the same timer would have fired. */
const LONGER_SHARE = 1.05;
const LONGER_SLACK = 0.5 * SECOND;
/** One connection may have had a timer of its own. */
const TRUST_IN_ONE = 0.5;

/** Idle time from which on another connection's is longer. */
export function longerThan(gap: number): number {
  return gap * LONGER_SHARE + LONGER_SLACK;
}

/** What connections say that were idle for longer, by their number. */
export function longerSurvived({ ofFrontend, ofAddress }: Survived, packets: Fact['packets']): Fact {
  const count = ofFrontend > 0 ? ofFrontend : ofAddress;
  const where = ofFrontend > 0 ? 'frontend' : 'address';
  const text = () =>
    count > 0
      ? `${count} connection${count === 1 ? '' : 's'} of the same ${where} came through a longer idle time`
      : 'no connection of the same frontend came through a longer idle time';
  const trust = ofFrontend > 1 ? 1 : ofFrontend === 1 ? TRUST_IN_ONE : TRUST_IN_ADDRESS;
  return fact('longer-idle-survived', count > 0, text, packets, count === 0 ? 1 : trust);
}

/**
 * Idle timeouts that balancers and translators come with, in seconds: Azure Load Balancer and NAT Gateway, AWS NLB and
 * NAT gateway, F5 BIG-IP FastL4, Google Cloud, IPVS (net/netfilter/ipvs/ip_vs_proto_tcp.c).
 */
const KNOWN_TIMERS: readonly number[] = [240, 300, 350, 600, 900];
/** Timers fire a little late: those of a device by this share at most, and hardly ever early. */
const EARLY_SHARE = 0.002;
const LATE_SHARE = 0.02;

function knownTimer(gap: number, packets: Fact['packets']): Fact {
  const seconds = gap / SECOND;
  const known = KNOWN_TIMERS.find(
    (timer) => seconds >= timer * (1 - EARLY_SHARE) && seconds <= timer * (1 + LATE_SHARE),
  );
  const text = () =>
    known === undefined
      ? 'the idle time is no default timeout that many products share'
      : `the idle time is that of a common default timeout (${known} s)`;
  return fact('idle-known-timer', known !== undefined, text, packets);
}

/** Data sent and not acknowledged when the conversation stopped: whoever reset it then did not do so for idleness. */
function inFlight(scene: Scene): Fact {
  const { before, stoppedAt } = scene;
  const upTo = before.filter((packet) => packet.time <= stoppedAt.time && packet !== stoppedAt);
  const open = ([0, 1] as const).filter((side) => {
    const sent = reached(side, upTo);
    // What stopped there may have been an acknowledgement: then its sender had got the data.
    const acks = [...upTo, stoppedAt]
      .filter((packet) => packet.from !== side && (packet.flags & ACK) !== 0)
      .map((packet) => packet.ack);
    const acked = acks.reduce<number | null>(
      (high, ack) => (high === null || seqDiff(ack, high) > 0 ? ack : high),
      null,
    );
    return sent !== null && acked !== null && seqDiff(sent, acked) > 0;
  });
  const text =
    open.length > 0 ? 'data was sent and not acknowledged yet' : 'everything sent had been acknowledged';
  return fact('data-in-flight', open.length > 0, text, [upTo.at(-1)]);
}
