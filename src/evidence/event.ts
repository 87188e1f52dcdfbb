import type { SeenSegment, Side } from '../flow/connection.js';
import type { Path } from '../pair/path.js';
import { ACK } from '../wire/tcp-flags.js';
import { isBare } from './bare.js';
import { endOf, isReset, nearSender, type Packet } from './timeline.js';
import type { Watch } from './watching.js';

const SECOND = 1e9;
/** Resets of one sender closer than this are one event: a reset for each segment in flight, or for each retry. */
const TRAIN_GAP = 3 * SECOND;
/** A box that resets both ends does so within its own processing time; beyond that they are two decisions. */
const BOTH_ENDS_WITHIN = 0.05 * SECOND;

/** Where a packet came into being, as seen from the two vantages. */
export type Origin = 'client-side' | 'between' | 'server-side';

/** What is known of the origin of a RST: the places that remain possible, and the trust in having ruled out others. */
export interface OriginEvidence {
  readonly possible: readonly Origin[];
  /** Trust in the absence that decided, 0 to 1; 1 where the direction alone decides. */
  readonly trust: number;
  /** It stands beside another connection at the vantage near its sender. */
  readonly beside?: true;
}

/** All RST segments that one device sent for one path at one time. */
export interface ResetEvent {
  readonly packets: readonly Packet[];
  readonly origin: OriginEvidence;
  /** The alleged sender of the first RST. */
  readonly from: Side;
  /** Resets travelled to both ends and neither sent one. */
  readonly bothEnds: boolean;
}

/**
 * Where a RST can have been born. Seen near its alleged sender it came from that side; seen only near its receiver it
 * was made in between, if the other capture would have seen it pass. What a proxy ends does not pass at all.
 */
export function originOf(packet: Packet, path: Path, watch: Watch): OriginEvidence {
  const near = endOf(packet.from);
  const own: Origin = near === 'client' ? 'client-side' : 'server-side';
  if (packet[near] !== null) return { possible: [own], trust: trustInSides(path) };
  if (path.mode === 'proxy') return { possible: ['between'], trust: 1 };
  if (watch.showsReset(near, packet)) {
    return { possible: [own], trust: trustInSides(path) * BESIDE, beside: true };
  }
  const trust = watch.trustInNoReset(near, packet, path);
  return trust >= LEAST_TRUST ? { possible: ['between'], trust } : { possible: [own, 'between'], trust: 1 };
}

function trustInSides({ client, server }: Path): number {
  return Math.max(client?.trustInSides ?? 0, server?.trustInSides ?? 0);
}

/** Trust in that a RST which stands beside another connection at the other vantage is this one. */
const BESIDE = 0.8;

/** An absence that is trusted less than this decides nothing. */
const LEAST_TRUST = 0.45;

/** Events that a RST may still join: both directions from each of two origins. */
const OPEN_EVENTS = 4;

/** Groups the RST segments of a path into events, in order of time. */
export function resetEvents(
  timeline: readonly Packet[],
  path: Path,
  watch: Watch,
  uncertainty: number,
): ResetEvent[] {
  const events: { packets: Packet[]; origin: OriginEvidence; from: Side; bothEnds: boolean }[] = [];
  for (const packet of timeline.filter(isReset)) {
    const origin = originOf(packet, path, watch);
    const home = events
      .slice(-OPEN_EVENTS)
      .find((event) => belongs(packet, origin, event, path, uncertainty));
    if (home === undefined) events.push({ packets: [packet], origin, from: packet.from, bothEnds: false });
    else {
      home.packets.push(packet);
      if (packet.from !== home.from) home.bothEnds = true;
      home.origin = { ...home.origin, trust: Math.min(1, home.origin.trust + origin.trust) };
    }
  }
  return events;
}

/** Two RSTs that one vantage saw come from different distances were not made by one device. */
function cameFromElsewhere(packet: Packet, other: Packet): boolean {
  return (['client', 'server'] as const).some((end) => {
    const [one, two] = [packet[end], other[end]];
    return one !== null && two !== null && one.ttl !== two.ttl;
  });
}

/**
 * A bare reply and a RST that claims to be of the socket, but lacks the timestamps that it always sends (RFC 7323, 3.2):
 * the one was made by a kernel, the other by somebody who copied numbers.
 */
function isByAnotherHand(packet: Packet, other: Packet, path: Path): boolean {
  const { end } = nearSender(packet);
  if (path[end]?.sides?.[packet.from].timestamps !== true) return false;
  const [one, two] = [nearSender(packet).segment, nearSender(other).segment];
  const claimed = isBareReply(one) ? two : one;
  return isBareReply(one) !== isBareReply(two) && claimed.timestamp === null && !claimed.optionsCut;
}

function hasAck(packet: Packet): boolean {
  return (packet.flags & ACK) !== 0;
}

/** A reply has the number that it was asked by, and nothing else (RFC 9293, 3.5.2). */
function isBareReply(segment: SeenSegment): boolean {
  return (segment.flags & ACK) === 0 && isBare(segment);
}

function belongs(
  packet: Packet,
  origin: OriginEvidence,
  event: ResetEvent,
  path: Path,
  uncertainty: number,
): boolean {
  if (origin.possible.join() !== event.origin.possible.join()) {
    return false;
  }
  const sameWay = event.packets.findLast((other) => other.from === packet.from);
  if (sameWay !== undefined)
    return (
      packet.time - sameWay.time <= TRAIN_GAP &&
      !cameFromElsewhere(packet, sameWay) &&
      !isByAnotherHand(packet, sameWay, path)
    );
  const between = origin.possible.length === 1 && origin.possible[0] === 'between';
  const first = event.packets[0] as Packet;
  const isTogether = packet.time - first.time <= 2 * uncertainty + BOTH_ENDS_WITHIN;
  // What resets both ends does so in one way; where one RST is a reply and the other is not, the second came of the first.
  return between && isTogether && hasAck(packet) === hasAck(first);
}
