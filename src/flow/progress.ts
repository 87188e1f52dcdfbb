import type { Frame } from '../capture/frame.js';
import type { Segment } from '../wire/segment.js';
import { seqAdd, seqDiff } from '../wire/seq.js';
import { ACK } from '../wire/tcp-flags.js';
import {
  CALLED_CLOSED_FIRST,
  CLOSED_BY_FIN,
  ESTABLISHED,
  SIDE_FIN_ACKED,
  SIDE_FIN_SENT,
  SYN_ACK_SEEN,
  SYN_REPEATED,
  SYN_SEEN,
} from './connection-flags.js';
import { offsetsOf, type Page } from './layout.js';
import { CONNECTION, SIDE } from './schema.js';

const { flags, lastTime, lastFrame } = offsetsOf(CONNECTION);
const { longestGap, longestGapEnd, longestGapFrame, longestGapEnder, longestGapSpeaker } =
  offsetsOf(CONNECTION);
const { synTime, synAckTime, isn0, isn1, timestamp0, timestamp1 } = offsetsOf(CONNECTION);
const { flags: sideFlags, ackMax, finEnd, finTime, lastDataTime } = offsetsOf(SIDE);

const HANDSHAKE = SYN_SEEN | SYN_ACK_SEEN;

/**
 * Notes that a segment was there, and how long there had been none. A RST ends no gap: it may be the gap's doing. Nor is
 * a gap after a FIN the idleness of a living connection: an application takes its time to close too.
 * @param own byte at which the sender's side begins
 * @param ender the side that sent it; null for a RST
 */
export function noteTime(
  page: Page,
  at: number,
  own: number,
  other: number,
  frame: Frame,
  ender: 0 | 1 | null,
): void {
  const { u8, u32, f64 } = page;
  const at8 = at >> 3;
  const gap = frame.time - f64[at8 + lastTime];
  if (
    gap > f64[at8 + longestGap] &&
    ender !== null &&
    ((u8[own + sideFlags] | u8[other + sideFlags]) & SIDE_FIN_SENT) === 0
  ) {
    f64[at8 + longestGap] = gap;
    f64[at8 + longestGapEnd] = frame.time;
    u32[(at >> 2) + longestGapFrame] = frame.number;
    u8[at + longestGapEnder] = ender;
    u8[at + longestGapSpeaker] = lastSpeaker(page, own, other, ender);
  }
  f64[at8 + lastTime] = frame.time;
  u32[(at >> 2) + lastFrame] = frame.number;
}

/** The side that sent data last, plus one; 0 when neither has. */
function lastSpeaker({ f64 }: Page, own: number, other: number, side: 0 | 1): number {
  const mine = f64[(own >> 3) + lastDataTime];
  const theirs = f64[(other >> 3) + lastDataTime];
  if (mine === 0 && theirs === 0) return 0;
  return mine > theirs ? side + 1 : 2 - side;
}

/** Notes a SYN or SYN-ACK and the initial sequence numbers it tells; a SYN-ACK tells the opener's too. */
export function noteSyn(page: Page, at: number, frame: Frame, segment: Segment, side: 0 | 1): void {
  const { u16, u32, f64 } = page;
  const seen = u16[(at >> 1) + flags];
  const answers = (segment.flags & ACK) !== 0;
  const bit = answers ? SYN_ACK_SEEN : SYN_SEEN;
  if ((seen & bit) !== 0) {
    u16[(at >> 1) + flags] = seen | SYN_REPEATED;
    return;
  }
  u16[(at >> 1) + flags] = seen | bit;
  f64[(at >> 3) + (answers ? synAckTime : synTime)] = frame.time;
  u32[(at >> 2) + (side === 0 ? isn0 : isn1)] = segment.seq;
  if (segment.hasTimestamp) u32[(at >> 2) + (answers ? timestamp1 : timestamp0)] = segment.timestamp;
  if (answers && (seen & SYN_SEEN) === 0)
    u32[(at >> 2) + (side === 0 ? isn1 : isn0)] = seqAdd(segment.ack, -1);
}

/** Notes a finished handshake: a segment without SYN of the side that opened, once both SYNs were seen. */
export function noteHandshake({ u16 }: Page, at: number, side: 0 | 1): void {
  const seen = u16[(at >> 1) + flags];
  if (side === 0 && (seen & (HANDSHAKE | ESTABLISHED)) === HANDSHAKE)
    u16[(at >> 1) + flags] = seen | ESTABLISHED;
}

/**
 * Notes whether the side at byte `own` has now acknowledged the FIN of the side at `other`; true when both FINs are.
 * @param at byte at which their connection begins
 */
export function noteFinAcknowledged(page: Page, at: number, own: number, other: number): boolean {
  const { u8, u16, u32, f64 } = page;
  const seen = u8[other + sideFlags];
  if ((seen & (SIDE_FIN_SENT | SIDE_FIN_ACKED)) !== SIDE_FIN_SENT) return false;
  if (seqDiff(u32[(own >> 2) + ackMax], u32[(other >> 2) + finEnd]) < 0) return false;
  u8[other + sideFlags] = seen | SIDE_FIN_ACKED;
  if ((u8[own + sideFlags] & SIDE_FIN_ACKED) === 0) return false;
  const [opener, called] = own < other ? [own, other] : [other, own];
  const calledFirst = f64[(called >> 3) + finTime] < f64[(opener >> 3) + finTime];
  u16[(at >> 1) + flags] |= calledFirst ? CLOSED_BY_FIN | CALLED_CLOSED_FIRST : CLOSED_BY_FIN;
  return true;
}
