import { DIRECTION_INBOUND, DIRECTION_OUTBOUND, type Frame } from '../capture/frame.js';
import { type Segment, ttlOf } from '../wire/segment.js';
import { TUNNEL_NONE } from '../wire/tunnel-kind.js';
import { Table } from './columns.js';
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
import type { FlowLog } from './log.js';
import { SEGMENT } from './schema.js';

/**
 * How many segments of an open connection are remembered: a keepalive failure with the Linux default of 9 probes
 * and what came before it fits.
 */
const RING_SIZE = 16;
/** How many segments after a RST are kept for certain: whether its receiver honoured it shows in the first few. */
const KEPT_AFTER_RESET = 8;
/** Recorded twice on one host or by one mirror port, a packet is there again within a millisecond. */
const COPY_WITHIN = 1e6;
/** Segments of a connection between a packet and its copy, at most: bursts are copied packet by packet. */
const COPY_WITHIN_SEGMENTS = 8;
/** Bytes of a RST's payload that are kept: the longest text that a draft ever advised (255). */
const LONGEST_RESET_PAYLOAD = 255;
/** IPv6 has no identification: -1 becomes 65535 in its column. */
const IP_ID_MASK = 0xffff;

/** The last segments of each open connection, in one pool; what becomes evidence is moved to the log. */
export class SegmentRings {
  readonly #ring = new Table(SEGMENT, 0);
  /** Segments ever seen, and how many of those the log has, by slot. */
  #seen = new Uint32Array(0);
  #kept = new Uint32Array(0);
  #budget = new Uint8Array(0);

  constructor(private readonly log: FlowLog) {}

  /** Makes room for one more slot. */
  addSlot(slot: number): void {
    if (slot >= this.#seen.length) this.#growSlots(Math.max(64, slot * 2));
    if (this.#ring.length < (slot + 1) * RING_SIZE) this.#ring.append(RING_SIZE);
  }

  clear(slot: number): void {
    this.#seen[slot] = 0;
    this.#kept[slot] = 0;
    this.#budget[slot] = 0;
  }

  /** The earlier record of what may be the same packet, or -1. Its TTL is the same, or one higher: forwarded meanwhile. */
  findOriginal(slot: number, frame: Frame, segment: Segment, side: number): number {
    const { time, seq } = this.#ring.columns;
    const seen = this.#seen[slot];
    const oldest = Math.max(0, seen - COPY_WITHIN_SEGMENTS);
    for (let i = seen - 1; i >= oldest; i -= 1) {
      const row = slot * RING_SIZE + (i % RING_SIZE);
      if (frame.time - time[row] >= COPY_WITHIN) return -1;
      if (seq[row] === segment.seq && this.#looksLike(row, frame, segment, side)) return row;
    }
    return -1;
  }

  /** Frame and TTL of a record that `findOriginal` found. */
  frameAt(row: number): number {
    return this.#ring.columns.frame[row];
  }

  ttlAt(row: number): number {
    return this.#ring.columns.ttl[row];
  }

  #looksLike(row: number, frame: Frame, segment: Segment, side: number): boolean {
    const c = this.#ring.columns;
    const lost = c.ttl[row] - segment.ttl;
    return (
      c.ack[row] === segment.ack &&
      c.flags[row] === segment.flags &&
      c.length[row] === segment.payloadLength &&
      c.ipId[row] === (segment.ipId & IP_ID_MASK) &&
      c.window[row] === segment.window &&
      c.timestamp[row] === segment.timestamp &&
      (c.meta[row] & SEEN_SIDE) === side &&
      (lost === 0 || lost === 1) &&
      c.frame[row] !== frame.number
    );
  }

  /** Remembers a segment of `connection`, sent by `side`. */
  push(slot: number, connection: number, frame: Frame, segment: Segment, side: number): void {
    const row = slot * RING_SIZE + (this.#seen[slot] % RING_SIZE);
    writeSegment(this.#ring, row, frame, segment, side);
    this.#seen[slot] += 1;
    if (this.#budget[slot] > 0) {
      this.#budget[slot] -= 1;
      this.keep(slot, connection);
    }
  }

  /** Moves to the log what it does not have yet of this connection. */
  keep(slot: number, connection: number): void {
    const seen = this.#seen[slot];
    for (let i = Math.max(this.#kept[slot], seen - RING_SIZE); i < seen; i += 1) {
      this.#keepRow(slot * RING_SIZE + (i % RING_SIZE), connection);
    }
    this.#kept[slot] = seen;
  }

  /** As `keep`, for a connection whose last segment was a RST: what follows is kept too. */
  keepAroundReset(slot: number, connection: number, segment: Segment): void {
    this.keep(slot, connection);
    this.#budget[slot] = KEPT_AFTER_RESET;
    const captured = Math.min(segment.payloadLength, segment.end - segment.payloadAt, LONGEST_RESET_PAYLOAD);
    if (captured <= 0) return;
    const payload = segment.bytes.slice(segment.payloadAt, segment.payloadAt + captured);
    this.log.resetPayloads.set(this.log.segments.length - 1, payload);
  }

  #keepRow(from: number, connection: number): void {
    const { segments } = this.log;
    const row = segments.append();
    const to = segments.columns;
    const ring = this.#ring.columns;
    for (const name of SEGMENT_COLUMNS) to[name][row] = ring[name][from];
    to.connection[row] = connection;
  }

  #growSlots(size: number): void {
    const seen = new Uint32Array(size);
    seen.set(this.#seen);
    this.#seen = seen;
    const kept = new Uint32Array(size);
    kept.set(this.#kept);
    this.#kept = kept;
    const budget = new Uint8Array(size);
    budget.set(this.#budget);
    this.#budget = budget;
  }
}

const SEGMENT_COLUMNS = Object.keys(SEGMENT) as (keyof typeof SEGMENT)[];

function writeSegment(
  table: Table<typeof SEGMENT>,
  row: number,
  frame: Frame,
  segment: Segment,
  side: number,
): void {
  const c = table.columns;
  c.time[row] = frame.time;
  c.frame[row] = frame.number;
  c.seq[row] = segment.seq;
  c.ack[row] = segment.ack;
  c.timestamp[row] = segment.timestamp;
  c.length[row] = segment.payloadLength;
  c.window[row] = segment.window;
  c.ipId[row] = segment.ipId;
  c.flags[row] = segment.flags;
  c.ttl[row] = segment.ttl;
  c.tos[row] = segment.tos;
  c.meta[row] = side | metaOf(segment);
  const tunnelled = segment.outerAt >= 0;
  c.tunnel[row] = tunnelled ? segment.tunnel : TUNNEL_NONE;
  c.outerTtl[row] = tunnelled ? ttlOf(segment.bytes, segment.outerAt) : 0;
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
