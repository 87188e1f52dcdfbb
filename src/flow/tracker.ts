import type { Frame } from '../capture/frame.js';
import { readUint32 } from '../wire/bytes.js';
import type { Segment } from '../wire/segment.js';
import { ACK, FIN, RST, SYN } from '../wire/tcp-flags.js';
import { updateSide } from './baselines.js';
import {
  CLOSED_BY_FIN,
  COPIES_SEEN,
  LEAVING,
  MID_STREAM,
  RESET_SEEN,
  SIDE_FIN_SENT,
  SYN_ACK_SEEN,
  SYN_SEEN,
} from './connection-flags.js';
import { offsetsOf, type Page } from './layout.js';
import { Lingering } from './lingering.js';
import { FlowLog } from './log.js';
import { NOBODY, OpenConnections, SIDE_SIZE, SIDES_AT } from './open-connections.js';
import { Openings } from './opening/openings.js';
import { noteFinAcknowledged, noteHandshake, noteSyn, noteTime } from './progress.js';
import { CONNECTION, SIDE } from './schema.js';
import { frameOf, SegmentRings, ttlAt } from './segment-ring.js';
import { TupleIndex } from './tuple-index.js';

/**
 * Closed connections that stay in the table for stragglers: a late retransmission, a reset minutes after the close.
 * Bounds what closed connections cost, however many a capture holds.
 */
const LINGERING_CONNECTIONS = 16_384;
/** Connections that are open at a time, at most: some 2 GB. Beyond it the half that is idle longest is let go of. */
const MOST_OPEN = 2 ** 21;
/** Segments that `addAll` takes at a time, at most: as many as memory can answer at once, and some. */
export const SEGMENTS_AT_ONCE = 32;
/** Ports below this are assigned to services; used only to guess who opened a connection seen mid-stream. */
const FIRST_DYNAMIC_PORT = 1024;

const { firstTime, lastTime, firstFrame, address0, address1, isn0 } = offsetsOf(CONNECTION);
const { detail, lastKept, port0, port1, flags, family } = offsetsOf(CONNECTION);
const { flags: sideFlags } = offsetsOf(SIDE);

/**
 * Segments to connections: finds the connection of each segment, keeps what its later judgement needs, and lets go
 * of it when it is over. Nothing is allocated per segment.
 */
export class FlowTracker {
  readonly log = new FlowLog();
  readonly #index = new TupleIndex();
  readonly #open = new OpenConnections();
  readonly #rings = new SegmentRings(this.log);
  readonly #openings = new Openings(this.log);
  readonly #lingering = new Lingering(LINGERING_CONNECTIONS);

  /** Of the segments that are being added together: their addresses, and first their places in the index, then their slots. */
  readonly #sources = new Uint32Array(SEGMENTS_AT_ONCE);
  readonly #destinations = new Uint32Array(SEGMENTS_AT_ONCE);
  readonly #places = new Int32Array(SEGMENTS_AT_ONCE);

  /** @param mostOpen connections that the table holds */
  constructor(private readonly mostOpen = MOST_OPEN) {}

  /** Connections that are in the table now. */
  get openConnections(): number {
    return this.#open.count;
  }

  /**
   * Takes the first `count` of some segments, the same as adding each. Of a busy balancer's connections every packet
   * meets another one, and waits for memory; asked for all at once, the answers come together.
   */
  addAll(frames: readonly Frame[], segments: readonly Segment[], count: number): void {
    const sources = this.#sources;
    const destinations = this.#destinations;
    for (let i = 0; i < count; i += 1) {
      sources[i] = this.#address(segments[i], segments[i].sourceAt);
      destinations[i] = this.#address(segments[i], segments[i].destinationAt);
    }
    this.#fetch(segments, count);
    for (let i = 0; i < count; i += 1) this.#add(frames[i], segments[i], sources[i], destinations[i]);
  }

  /** Takes one segment. */
  add(frame: Frame, segment: Segment): void {
    const source = this.#address(segment, segment.sourceAt);
    this.#add(frame, segment, source, this.#address(segment, segment.destinationAt));
  }

  /**
   * To be called after the last frame, or before those of a file that is no continuation: connections still open go to
   * the log with their details, and out of the table.
   */
  finish(): void {
    for (let slot = 0; slot < this.#open.length; slot += 1) {
      if (this.#open.connectionOf(slot) !== NOBODY) this.#retire(slot, true);
    }
  }

  /**
   * Brings into the caches what the segments will need, as far as it is there, and changes nothing. Each loop is as
   * small as can be: a processor looks only so far ahead for the next thing to wait for.
   */
  #fetch(segments: readonly Segment[], count: number): void {
    const index = this.#index;
    const sources = this.#sources;
    const destinations = this.#destinations;
    const places = this.#places;
    for (let i = 0; i < count; i += 1) {
      const { sourcePort, destinationPort } = segments[i];
      places[i] = index.home(sources[i], sourcePort, destinations[i], destinationPort);
    }
    index.touch(places, count);
    for (let i = 0; i < count; i += 1) {
      const { sourcePort, destinationPort, ipVersion } = segments[i];
      places[i] = index.find(sources[i], sourcePort, destinations[i], destinationPort, ipVersion);
    }
    this.#open.touch(places, count);
  }

  #add(frame: Frame, segment: Segment, source: number, destination: number): void {
    const { sourcePort, destinationPort, ipVersion } = segment;
    let slot = this.#index.find(source, sourcePort, destination, destinationPort, ipVersion);
    let before = NOBODY;
    if (slot >= 0 && (segment.flags & (SYN | ACK | RST)) === SYN && this.#isOver(slot, segment, source)) {
      if (isAlive(this.#open.page(slot), this.#open.at(slot))) before = this.#open.connectionOf(slot);
      this.#retire(slot);
      slot = -1;
    }
    if (slot < 0) {
      slot = this.#begin(frame, segment, source, destination);
      this.#index.add(slot, source, sourcePort, destination, destinationPort, ipVersion);
      if (before !== NOBODY) this.#noteTakeover(before, this.#open.connectionOf(slot));
    }
    this.#update(slot, frame, segment, source);
  }

  #address(segment: Segment, at: number): number {
    return segment.ipVersion === 4
      ? readUint32(segment.bytes, at)
      : this.log.addresses.intern(segment.bytes, at);
  }

  /** Whether a SYN on a known tuple begins another connection: its initial sequence number is new (RFC 9293, 3.4.1). */
  #isOver(slot: number, segment: Segment, source: number): boolean {
    const page = this.#open.page(slot);
    const at = this.#open.at(slot);
    const seen = page.u16[(at >> 1) + flags];
    if ((seen & MID_STREAM) !== 0) return true;
    if (sideOf(page, at, source, segment.sourcePort) === 1)
      return (seen & (RESET_SEEN | CLOSED_BY_FIN)) !== 0;
    return (seen & (SYN_SEEN | SYN_ACK_SEEN)) !== 0 && page.u32[(at >> 2) + isn0] !== segment.seq;
  }

  #noteTakeover(before: number, after: number): void {
    const { takeovers } = this.log;
    const takeover = takeovers.at(takeovers.append());
    takeover.before = before;
    takeover.after = after;
  }

  #begin(frame: Frame, segment: Segment, source: number, destination: number): number {
    if (this.#open.count >= this.mostOpen) this.#letGoOfIdle();
    const slot = this.#open.take(this.log.connections.append());
    const { u8, u16, u32, i32, f64 } = this.#open.page(slot);
    const at = this.#open.at(slot);
    const [at2, at4, at8] = [at >> 1, at >> 2, at >> 3];
    const opened = sourceOpened(segment);
    u32[at4 + address0] = opened ? source : destination;
    u32[at4 + address1] = opened ? destination : source;
    u16[at2 + port0] = opened ? segment.sourcePort : segment.destinationPort;
    u16[at2 + port1] = opened ? segment.destinationPort : segment.sourcePort;
    u8[at + family] = segment.ipVersion;
    u16[at2 + flags] = (segment.flags & SYN) === 0 ? MID_STREAM : 0;
    f64[at8 + firstTime] = frame.time;
    f64[at8 + lastTime] = frame.time;
    u32[at4 + firstFrame] = frame.number;
    i32[at4 + detail] = -1;
    return slot;
  }

  #update(slot: number, frame: Frame, segment: Segment, source: number): void {
    const page = this.#open.page(slot);
    const at = this.#open.at(slot);
    const side = sideOf(page, at, source, segment.sourcePort);
    const original = this.#rings.findOriginal(page, at, frame, segment, side);
    if (original >= 0 && isCopy(page, at, original, segment)) {
      this.#noteCopy(this.#open.connectionOf(slot), frameOf(page, original), frame, segment);
      return;
    }
    const isReset = (segment.flags & RST) !== 0;
    const isSyn = (segment.flags & SYN) !== 0;
    const own = at + SIDES_AT + side * SIDE_SIZE;
    const other = at + SIDES_AT + (1 - side) * SIDE_SIZE;
    noteTime(page, at, own, other, frame, isReset ? null : side);
    if (isSyn && !isReset) noteSyn(page, at, frame, segment, side);
    updateSide(page, own, frame, segment);
    this.#rings.push(page, at, frame, segment, side);
    this.log.counts.tcpSegments += 1;
    if (isReset) {
      this.log.counts.resetSegments += 1;
      page.u16[(at >> 1) + flags] |= RESET_SEEN;
      this.#rings.keepAroundReset(page, at, segment);
      this.#leave(slot);
      return;
    }
    if (segment.payloadLength > 0) this.#openings.note(page, at, frame, segment, side);
    if (!isSyn) noteHandshake(page, at, side);
    if (noteFinAcknowledged(page, at, own, other)) this.#leave(slot);
  }

  /** A copy is counted; it says nothing new of its connection. */
  #noteCopy(connection: number, original: number, frame: Frame, segment: Segment): void {
    const { counts, resetCopies } = this.log;
    counts.tcpSegments += 1;
    counts.duplicates += 1;
    if ((segment.flags & RST) === 0) return;
    counts.resetSegments += 1;
    const copy = resetCopies.at(resetCopies.append());
    copy.connection = connection;
    copy.time = frame.time;
    copy.frame = frame.number;
    copy.original = original;
    copy.ttl = segment.ttl;
  }

  /** Queues a closed connection to leave; the one that has waited longest goes when too many wait. */
  #leave(slot: number): void {
    const { u16 } = this.#open.page(slot);
    const at2 = this.#open.at(slot) >> 1;
    if ((u16[at2 + flags] & LEAVING) !== 0) return;
    u16[at2 + flags] |= LEAVING;
    const lingering = this.#lingering;
    if (lingering.isFull) {
      if (this.#open.connectionOf(lingering.slot) === lingering.connection) this.#retire(lingering.slot);
      lingering.shift();
    }
    lingering.push(slot, this.#open.connectionOf(slot));
  }

  /** Lets go of the open connections that have been idle longer than most: of what never ends there is no end. */
  #letGoOfIdle(): void {
    const open = this.#open;
    const slots = Array.from({ length: open.length }, (_, slot) => slot);
    const last = Float64Array.from(slots, (slot) => open.page(slot).f64[(open.at(slot) >> 3) + lastTime]);
    const idle = last.slice().sort()[last.length >> 1];
    for (const slot of slots) {
      if (last[slot] > idle || open.connectionOf(slot) === NOBODY) continue;
      if ((open.page(slot).u16[(open.at(slot) >> 1) + flags] & LEAVING) === 0) this.log.counts.letGo += 1;
      this.#retire(slot);
    }
  }

  /** Ends the time of a connection in the table: details go to the log only where they can matter. */
  #retire(slot: number, detailed = false): void {
    const { u8, u16, u32 } = this.#open.page(slot);
    const at = this.#open.at(slot);
    const [at2, at4] = [at >> 1, at >> 2];
    const seen = u16[at2 + flags];
    this.#record(slot, detailed || (seen & RESET_SEEN) !== 0 || (seen & CLOSED_BY_FIN) === 0);
    this.#index.remove(
      u32[at4 + address0],
      u16[at2 + port0],
      u32[at4 + address1],
      u16[at2 + port1],
      u8[at + family],
    );
    this.#open.release(slot);
  }

  #record(slot: number, detailed: boolean): void {
    const { details, connections } = this.log;
    const page = this.#open.page(slot);
    const at = this.#open.at(slot);
    if (detailed) {
      const row = details.append(2);
      details.at(row).copyFrom(page, at + SIDES_AT);
      details.at(row + 1).copyFrom(page, at + SIDES_AT + SIDE_SIZE);
      page.i32[(at >> 2) + detail] = row;
      this.#rings.keep(page, at);
    }
    page.i32[(at >> 2) + lastKept] = this.#rings.lastKept(page, at);
    connections.at(this.#open.connectionOf(slot)).copyFrom(page, at);
  }
}

/** Whether the connection at byte `at` was answered, and then neither reset nor closed by both sides. */
function isAlive({ u8, u16 }: Page, at: number): boolean {
  const seen = u16[(at >> 1) + flags];
  if ((seen & (SYN_ACK_SEEN | MID_STREAM)) === 0 || (seen & (RESET_SEEN | CLOSED_BY_FIN)) !== 0) return false;
  const closed = u8[at + SIDES_AT + sideFlags] & u8[at + SIDES_AT + SIDE_SIZE + sideFlags];
  return (closed & SIDE_FIN_SENT) === 0;
}

/** Which side of the connection at byte `at` has this address and port. */
function sideOf({ u16, u32 }: Page, at: number, address: number, port: number): 0 | 1 {
  return u32[(at >> 2) + address0] === address && u16[(at >> 1) + port0] === port ? 0 : 1;
}

/**
 * Whether a segment that looks like an earlier one is the same packet. Bare acknowledgements and resets without an IP
 * identification can be alike and yet be two: they are copies where the connection shows that packets are copied.
 */
function isCopy(page: Page, at: number, original: number, segment: Segment): boolean {
  const proves =
    segment.ipId > 0 ||
    segment.payloadLength > 0 ||
    (segment.flags & (SYN | FIN)) !== 0 ||
    ttlAt(page, original) !== segment.ttl;
  if (proves) page.u16[(at >> 1) + flags] |= COPIES_SEEN;
  return proves || (page.u16[(at >> 1) + flags] & COPIES_SEEN) !== 0;
}

/** Who opened a connection, by its first segment: known from a SYN or SYN-ACK, else guessed from the ports. */
function sourceOpened(segment: Segment): boolean {
  if ((segment.flags & SYN) !== 0) return (segment.flags & ACK) === 0;
  const { sourcePort, destinationPort } = segment;
  if (sourcePort < FIRST_DYNAMIC_PORT !== destinationPort < FIRST_DYNAMIC_PORT)
    return destinationPort < FIRST_DYNAMIC_PORT;
  return sourcePort >= destinationPort;
}
