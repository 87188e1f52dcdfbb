import type { Side } from '../flow/connection.js';
import { seqAdd, seqDiff } from '../wire/seq.js';
import { ACK } from '../wire/tcp-flags.js';
import { endOfSequence, isReset, nearSender, type Packet } from './timeline.js';

/**
 * Linux timers fire late by up to an eighth of their length, measured in coarse steps (kernel/time/timer.c); a
 * little more covers the step itself. A share of the length, and nanoseconds.
 */
export const LATE_SHARE = 0.13;
export const LATE_SLACK = 0.05e9;

/** Whether a timer of `length` can have fired after `observed`; both in nanoseconds. */
export function firedAfter(length: number, observed: number): boolean {
  return observed >= length && observed <= length * (1 + LATE_SHARE) + LATE_SLACK;
}

/** Whether two observations can be of one timer. */
export function sameTimer(a: number, b: number): boolean {
  return Math.max(a, b) <= Math.min(a, b) * (1 + LATE_SHARE) + LATE_SLACK;
}

/** What one side had said and heard up to a point. */
interface Progress {
  /** The next sequence number after all that it sent; null as long as only its peer tells. */
  next: number | null;
  /** Highest acknowledgement number that it sent. */
  acked: number | null;
  window: number | null;
}

/** What a segment of at most one byte, one below what comes next, is about. */
export type ProbeKind = 'keepalive' | 'window';

/**
 * All probes of a timeline: at most one byte, one below what comes next, nothing but ACK (RFC 9293, 3.8.4). With the
 * peer's window closed it asks whether that has opened; Linux gives both the same shape (net/ipv4/tcp_output.c,
 * tcp_xmit_probe_skb). While data is on its way no keepalive is sent (net/ipv4/tcp_timer.c, tcp_keepalive_timer).
 */
export function probesIn(timeline: readonly Packet[]): Map<Packet, ProbeKind> {
  const sides: [Progress, Progress] = [nothing(), nothing()];
  const probes = new Map<Packet, ProbeKind>();
  for (const packet of timeline) {
    if (isReset(packet)) continue;
    const peer = sides[(1 - packet.from) as Side];
    const kind = kindOf(packet, sides[packet.from], peer);
    if (kind !== null) probes.set(packet, kind);
    note(packet, sides[packet.from]);
  }
  return probes;
}

function nothing(): Progress {
  return { next: null, acked: null, window: null };
}

function kindOf(packet: Packet, own: Progress, peer: Progress): ProbeKind | null {
  if (packet.flags !== ACK || packet.length > 1) return null;
  const next = higher(own.next, peer.acked);
  if (next === null || packet.seq !== seqAdd(next, -1)) return null;
  if (peer.window === 0) return 'window';
  return peer.acked === null || peer.acked === next ? 'keepalive' : null;
}

function higher(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return seqDiff(a, b) > 0 ? a : b;
}

function note(packet: Packet, own: Progress): void {
  own.next = higher(own.next, endOfSequence(packet));
  if ((packet.flags & ACK) === 0) return;
  own.acked = higher(own.acked, packet.ack);
  own.window = nearSender(packet).segment.window;
}
