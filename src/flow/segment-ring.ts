import { DIRECTION_INBOUND, DIRECTION_OUTBOUND, type Frame } from '../capture/frame.js';
import { type Segment, ttlOf } from '../wire/segment.js';
import { readMptcpReset } from '../wire/tcp-options.js';
import { TUNNEL_NONE } from '../wire/tunnel-kind.js';
import {
  SEEN_DONT_FRAGMENT,
  SEEN_INBOUND,
  SEEN_IPV6,
  SEEN_OPTIONS,
  SEEN_OPTIONS_CUT,
  SEEN_OUTBOUND,
  SEEN_SIDE,
  SEEN_TIMESTAMP,
} from './connection-flags.js';
import { offsetsOf, type Page } from './layout.js';
import type { FlowLog } from './log.js';
import { RING_AT, RING_SIZE, SEGMENT_SIZE, SEGMENTS_AT } from './open-connections.js';
import { RING, SEGMENT } from './schema.js';

/** How many segments after a RST are kept for certain: whether its receiver honoured it shows in the first few. */
const KEPT_AFTER_RESET = 8;
/** Recorded twice on one host or by one mirror port, a packet is there again within a millisecond. */
const COPY_WITHIN = 1e6;
/** Segments of a connection between a packet and its copy, at most: bursts are copied packet by packet. */
const COPY_WITHIN_SEGMENTS = 8;
/** Bytes of a RST's payload that are kept: the longest text that a draft ever advised (255). */
const LONGEST_RESET_PAYLOAD = 255;
/** IPv6 has no identification: -1 becomes 65535 in its field. */
const IP_ID_MASK = 0xffff;

const { connection, seen, kept, lastKept, budget } = offsetsOf(RING);
const { time, frame: frameNumber, seq, ack, timestamp, length, window, ipId, flowLabel } = offsetsOf(SEGMENT);
const { flags, ttl, tos, meta, tunnel, outerTtl } = offsetsOf(SEGMENT);

/** The last segments of each open connection; what becomes evidence is moved to the log. */
export class SegmentRings {
  constructor(private readonly log: FlowLog) {}

  /**
   * The earlier segment that may be the same packet, as the byte of the page at which its entry begins, or -1. Its TTL
   * is the same, or one higher: forwarded meanwhile.
   * @param at byte at which the connection begins
   */
  findOriginal(page: Page, at: number, frame: Frame, segment: Segment, side: number): number {
    const { u32, f64 } = page;
    const count = u32[((at + RING_AT) >> 2) + seen];
    const oldest = Math.max(0, count - COPY_WITHIN_SEGMENTS);
    for (let i = count - 1; i >= oldest; i -= 1) {
      const entry = entryAt(at, i);
      if (frame.time - f64[(entry >> 3) + time] >= COPY_WITHIN) return -1;
      if (u32[(entry >> 2) + seq] === segment.seq && looksLike(page, entry, frame, segment, side))
        return entry;
    }
    return -1;
  }

  /** Remembers a segment of the connection, sent by `side`. */
  push(page: Page, at: number, frame: Frame, segment: Segment, side: number): void {
    const ring = at + RING_AT;
    const count = page.u32[(ring >> 2) + seen];
    writeSegment(page, entryAt(at, count), frame, segment, side);
    page.u32[(ring >> 2) + seen] = count + 1;
    if (page.u8[ring + budget] === 0) return;
    page.u8[ring + budget] -= 1;
    this.keep(page, at);
  }

  /** Moves to the log what it does not have yet of the connection. */
  keep(page: Page, at: number): void {
    const { u32 } = page;
    const ring4 = (at + RING_AT) >> 2;
    const count = u32[ring4 + seen];
    for (let i = Math.max(u32[ring4 + kept], count - RING_SIZE); i < count; i += 1)
      this.#keepSegment(page, ring4, entryAt(at, i));
    u32[ring4 + kept] = count;
  }

  /** As `keep`, for a connection whose last segment was a RST: what follows is kept too. */
  keepAroundReset(page: Page, at: number, segment: Segment): void {
    this.keep(page, at);
    page.u8[at + RING_AT + budget] = KEPT_AFTER_RESET;
    this.#keepReason(this.log.segments.length - 1, segment);
  }

  /** Keeps what a RST may say of its cause: few say anything. */
  #keepReason(row: number, segment: Segment): void {
    const { payloadAt, payloadLength, end } = segment;
    const captured = Math.min(payloadLength, end - payloadAt, LONGEST_RESET_PAYLOAD);
    if (captured > 0) this.log.resetPayloads.set(row, segment.bytes.slice(payloadAt, payloadAt + captured));
    const reason = readMptcpReset(segment);
    if (reason >= 0) this.log.mptcpResets.set(row, reason);
  }

  /** Row in the log of the segment of the connection that was kept last, or -1. */
  lastKept(page: Page, at: number): number {
    return page.i32[((at + RING_AT) >> 2) + lastKept];
  }

  #keepSegment(page: Page, ring4: number, entry: number): void {
    const { segments, kept: links } = this.log;
    const row = segments.append();
    segments.at(row).copyFrom(page, entry);
    const link = links.at(links.append());
    link.connection = page.u32[ring4 + connection];
    link.previous = page.i32[ring4 + lastKept];
    page.i32[ring4 + lastKept] = row;
  }
}

/** Frame and TTL of the entry at byte `entry`. */
export function frameOf(page: Page, entry: number): number {
  return page.u32[(entry >> 2) + frameNumber];
}

export function ttlAt(page: Page, entry: number): number {
  return page.u8[entry + ttl];
}

/** Byte at which the entry of a connection's `i`-th segment begins. */
function entryAt(at: number, i: number): number {
  return at + SEGMENTS_AT + (i % RING_SIZE) * SEGMENT_SIZE;
}

function looksLike(page: Page, entry: number, frame: Frame, segment: Segment, side: number): boolean {
  const { u8, u16, u32 } = page;
  const at2 = entry >> 1;
  const at4 = entry >> 2;
  const lost = u8[entry + ttl] - segment.ttl;
  return (
    u32[at4 + ack] === segment.ack &&
    u8[entry + flags] === segment.flags &&
    u32[at4 + length] === segment.payloadLength &&
    u16[at2 + ipId] === (segment.ipId & IP_ID_MASK) &&
    u16[at2 + window] === segment.window &&
    u32[at4 + timestamp] === segment.timestamp &&
    (u8[entry + meta] & SEEN_SIDE) === side &&
    (lost === 0 || lost === 1) &&
    u32[at4 + frameNumber] !== frame.number
  );
}

function writeSegment(page: Page, entry: number, frame: Frame, segment: Segment, side: number): void {
  const { u8, u16, u32, f64 } = page;
  const at2 = entry >> 1;
  const at4 = entry >> 2;
  const tunnelled = segment.outerAt >= 0;
  f64[(entry >> 3) + time] = frame.time;
  u32[at4 + frameNumber] = frame.number;
  u32[at4 + seq] = segment.seq;
  u32[at4 + ack] = segment.ack;
  u32[at4 + timestamp] = segment.timestamp;
  u32[at4 + length] = segment.payloadLength;
  u16[at2 + window] = segment.window;
  u16[at2 + ipId] = segment.ipId;
  u16[at2 + flowLabel] = segment.flowLabel;
  u8[entry + flags] = segment.flags;
  u8[entry + ttl] = segment.ttl;
  u8[entry + tos] = segment.tos;
  u8[entry + meta] = side | metaOf(segment);
  u8[entry + tunnel] = tunnelled ? segment.tunnel : TUNNEL_NONE;
  u8[entry + outerTtl] = tunnelled ? ttlOf(segment.bytes, segment.outerAt) : 0;
}

function metaOf(segment: Segment): number {
  return (
    (segment.direction === DIRECTION_INBOUND ? SEEN_INBOUND : 0) |
    (segment.direction === DIRECTION_OUTBOUND ? SEEN_OUTBOUND : 0) |
    (segment.hasTimestamp ? SEEN_TIMESTAMP : 0) |
    (segment.dontFragment ? SEEN_DONT_FRAGMENT : 0) |
    (segment.optionsCut ? SEEN_OPTIONS_CUT : 0) |
    (segment.optionsEnd > segment.optionsAt ? SEEN_OPTIONS : 0) |
    (segment.ipVersion === 6 ? SEEN_IPV6 : 0)
  );
}
