import type { Frame } from '../capture/frame.js';
import { readUint32 } from '../wire/bytes.js';
import type { Segment } from '../wire/segment.js';
import { seqAdd, seqDiff } from '../wire/seq.js';
import { ACK, FIN, RST, SYN } from '../wire/tcp-flags.js';
import { updateSide } from './baselines.js';
import { Table } from './columns.js';
import {
  CLOSED_BY_FIN,
  COPIES_SEEN,
  ESTABLISHED,
  LEAVING,
  MID_STREAM,
  RESET_SEEN,
  SIDE_FIN_ACKED,
  SIDE_FIN_SENT,
  SYN_ACK_SEEN,
  SYN_REPEATED,
  SYN_SEEN,
} from './connection-flags.js';
import { FlowLog } from './log.js';
import { SIDE } from './schema.js';
import { SegmentRings } from './segment-ring.js';
import { TupleIndex } from './tuple-index.js';

/**
 * Closed connections that stay in the table for stragglers: a late retransmission, a reset minutes after the close.
 * Bounds what closed connections cost, however many a capture holds.
 */
const LINGERING_CONNECTIONS = 16_384;
/** Ports below this are assigned to services; used only to guess who opened a connection seen mid-stream. */
const FIRST_DYNAMIC_PORT = 1024;

/**
 * Segments to connections: finds the connection of each segment, keeps what its later judgement needs, and lets go
 * of it when it is over. Nothing is allocated per segment.
 */
export class FlowTracker {
  readonly log = new FlowLog();
  readonly #index = new TupleIndex();
  /** State of both sides of each open connection: rows 2 x slot and the next. */
  readonly #sides = new Table(SIDE, 0);
  readonly #rings = new SegmentRings(this.log);
  /** Row of the log by slot; -1 marks a free slot. */
  readonly #connectionOf: number[] = [];
  readonly #free: number[] = [];
  /** Closed connections in the order of their closing, each as its slot and its row of the log. */
  #leaving: [slot: number, connection: number][] = [];

  /** Takes one segment. */
  add(frame: Frame, segment: Segment): void {
    const source = this.#address(segment, segment.sourceAt);
    const destination = this.#address(segment, segment.destinationAt);
    const sourceIsLow =
      source < destination || (source === destination && segment.sourcePort < segment.destinationPort);
    const low = sourceIsLow ? source : destination;
    const high = sourceIsLow ? destination : source;
    const ports = sourceIsLow
      ? ((segment.sourcePort << 16) | segment.destinationPort) >>> 0
      : ((segment.destinationPort << 16) | segment.sourcePort) >>> 0;
    let slot = this.#index.find(low, high, ports, segment.ipVersion);
    if (slot >= 0 && this.#startsAnew(slot, segment, source)) {
      this.#retire(slot);
      slot = -1;
    }
    if (slot < 0) {
      slot = this.#open(frame, segment, source, destination);
      this.#index.add(slot, low, high, ports, segment.ipVersion);
    }
    this.#update(slot, frame, segment, this.#sideOf(slot, source, segment.sourcePort));
  }

  /** To be called after the last frame: connections still open go to the log with their details. */
  finish(): void {
    for (let slot = 0; slot < this.#connectionOf.length; slot += 1) {
      if (this.#connectionOf[slot] >= 0) this.#logDetails(slot);
    }
  }

  #address(segment: Segment, at: number): number {
    return segment.ipVersion === 4
      ? readUint32(segment.bytes, at)
      : this.log.addresses.intern(segment.bytes, at);
  }

  #sideOf(slot: number, source: number, sourcePort: number): 0 | 1 {
    const row = 2 * this.#connectionOf[slot];
    const { address, port } = this.log.peers.columns;
    return address[row] === source && port[row] === sourcePort ? 0 : 1;
  }

  /** A SYN with another initial sequence number on a known tuple is another connection (RFC 9293, 3.4.1). */
  #startsAnew(slot: number, segment: Segment, source: number): boolean {
    if ((segment.flags & (SYN | ACK | RST)) !== SYN) return false;
    const connection = this.#connectionOf[slot];
    const flags = this.log.connections.columns.flags[connection];
    if ((flags & MID_STREAM) !== 0) return true;
    const side = this.#sideOf(slot, source, segment.sourcePort);
    if (side === 1) return (flags & (RESET_SEEN | CLOSED_BY_FIN)) !== 0;
    return (
      (flags & (SYN_SEEN | SYN_ACK_SEEN)) !== 0 && this.log.peers.columns.isn[2 * connection] !== segment.seq
    );
  }

  #open(frame: Frame, segment: Segment, source: number, destination: number): number {
    const { connections, peers } = this.log;
    const connection = connections.append();
    const row = peers.append(2);
    const opener = sourceOpened(segment) ? 0 : 1;
    peers.columns.address[row + opener] = source;
    peers.columns.port[row + opener] = segment.sourcePort;
    peers.columns.address[row + 1 - opener] = destination;
    peers.columns.port[row + 1 - opener] = segment.destinationPort;
    const c = connections.columns;
    c.family[connection] = segment.ipVersion;
    c.firstTime[connection] = frame.time;
    c.firstFrame[connection] = frame.number;
    c.lastTime[connection] = frame.time;
    c.detail[connection] = -1;
    if ((segment.flags & SYN) === 0) c.flags[connection] |= MID_STREAM;
    return this.#takeSlot(connection);
  }

  #takeSlot(connection: number): number {
    const slot = this.#free.pop() ?? this.#connectionOf.length;
    if (slot === this.#connectionOf.length) {
      this.#sides.append(2);
      this.#rings.addSlot(slot);
    } else {
      this.#sides.clearRow(2 * slot);
      this.#sides.clearRow(2 * slot + 1);
    }
    this.#rings.clear(slot);
    this.#connectionOf[slot] = connection;
    return slot;
  }

  /** A gap after a FIN is no idleness of a living connection: an application takes its time to close too. */
  #noteGap(slot: number, connection: number, frame: Frame, side: 0 | 1, gap: number): void {
    const { flags, lastDataTime } = this.#sides.columns;
    const [one, other] = [2 * slot, 2 * slot + 1];
    if (((flags[one] | flags[other]) & SIDE_FIN_SENT) !== 0) return;
    const c = this.log.connections.columns;
    c.longestGap[connection] = gap;
    c.longestGapFrame[connection] = frame.number;
    c.longestGapEnd[connection] = frame.time;
    c.longestGapEnder[connection] = side;
    const silent = lastDataTime[one] === 0 && lastDataTime[other] === 0;
    c.longestGapSpeaker[connection] = silent ? 0 : lastDataTime[one] > lastDataTime[other] ? 1 : 2;
  }

  #update(slot: number, frame: Frame, segment: Segment, side: 0 | 1): void {
    const connection = this.#connectionOf[slot];
    const original = this.#rings.findOriginal(slot, frame, segment, side);
    if (original >= 0 && this.#isCopy(connection, original, segment)) {
      this.#noteCopy(connection, original, frame, segment);
      return;
    }
    const c = this.log.connections.columns;
    const isReset = (segment.flags & RST) !== 0;
    const gap = frame.time - c.lastTime[connection];
    if (gap > c.longestGap[connection] && !isReset) this.#noteGap(slot, connection, frame, side, gap);
    c.lastTime[connection] = frame.time;
    c.lastFrame[connection] = frame.number;
    if ((segment.flags & SYN) !== 0 && !isReset) this.#noteSyn(connection, frame, segment, side);
    updateSide(this.#sides, 2 * slot + side, frame, segment);
    this.#rings.push(slot, connection, frame, segment, side);
    this.log.tcpSegments += 1;
    if (isReset) {
      this.log.resetSegments += 1;
      c.flags[connection] |= RESET_SEEN;
      this.#rings.keepAroundReset(slot, connection, segment);
      this.#leave(slot, connection);
    } else {
      this.#noteProgress(slot, connection, side, (segment.flags & SYN) !== 0);
    }
  }

  /**
   * Whether a segment that looks like an earlier one is the same packet. Bare acknowledgements and resets without an IP
   * identification can be alike and yet be two: they are copies where the connection shows that packets are copied.
   */
  #isCopy(connection: number, original: number, segment: Segment): boolean {
    const { flags } = this.log.connections.columns;
    const proves =
      segment.ipId > 0 ||
      segment.payloadLength > 0 ||
      (segment.flags & (SYN | FIN)) !== 0 ||
      this.#rings.ttlAt(original) !== segment.ttl;
    if (proves) flags[connection] |= COPIES_SEEN;
    return proves || (flags[connection] & COPIES_SEEN) !== 0;
  }

  /** A copy is counted; it says nothing new of its connection. */
  #noteCopy(connection: number, original: number, frame: Frame, segment: Segment): void {
    const { log } = this;
    log.tcpSegments += 1;
    log.duplicates += 1;
    if ((segment.flags & RST) === 0) return;
    log.resetSegments += 1;
    const row = log.resetCopies.append();
    const c = log.resetCopies.columns;
    c.connection[row] = connection;
    c.time[row] = frame.time;
    c.frame[row] = frame.number;
    c.original[row] = this.#rings.frameAt(original);
    c.ttl[row] = segment.ttl;
  }

  #noteSyn(connection: number, frame: Frame, segment: Segment, side: 0 | 1): void {
    const c = this.log.connections.columns;
    const answer = (segment.flags & ACK) !== 0;
    const bit = answer ? SYN_ACK_SEEN : SYN_SEEN;
    if ((c.flags[connection] & bit) !== 0) {
      c.flags[connection] |= SYN_REPEATED;
      return;
    }
    c.flags[connection] |= bit;
    (answer ? c.synAckTime : c.synTime)[connection] = frame.time;
    const { isn } = this.log.peers.columns;
    isn[2 * connection + side] = segment.seq;
    if (answer && (c.flags[connection] & SYN_SEEN) === 0)
      isn[2 * connection + 1 - side] = seqAdd(segment.ack, -1);
  }

  /** Notes a finished handshake and acknowledged FINs. */
  #noteProgress(slot: number, connection: number, side: 0 | 1, isSyn: boolean): void {
    const c = this.log.connections.columns;
    const sides = this.#sides.columns;
    const own = 2 * slot + side;
    const other = 2 * slot + 1 - side;
    const handshake = SYN_SEEN | SYN_ACK_SEEN;
    if (side === 0 && !isSyn && (c.flags[connection] & handshake) === handshake) {
      c.flags[connection] |= ESTABLISHED;
    }
    const otherFlags = sides.flags[other];
    if ((otherFlags & SIDE_FIN_SENT) === 0 || (otherFlags & SIDE_FIN_ACKED) !== 0) return;
    if (seqDiff(sides.ackMax[own], sides.finEnd[other]) < 0) return;
    sides.flags[other] |= SIDE_FIN_ACKED;
    if ((sides.flags[own] & SIDE_FIN_ACKED) === 0) return;
    c.flags[connection] |= CLOSED_BY_FIN;
    this.#leave(slot, connection);
  }

  /** Queues a closed connection to leave; the one that has waited longest goes when too many wait. */
  #leave(slot: number, connection: number): void {
    const { flags } = this.log.connections.columns;
    if ((flags[connection] & LEAVING) !== 0) return;
    flags[connection] |= LEAVING;
    this.#leaving.push([slot, connection]);
    if (this.#leaving.length < 2 * LINGERING_CONNECTIONS) return;
    const gone = this.#leaving.splice(0, LINGERING_CONNECTIONS);
    for (const [was, one] of gone) if (this.#connectionOf[was] === one) this.#retire(was);
  }

  /** Lets go of a connection: details go to the log only where they can matter. */
  #retire(slot: number): void {
    const connection = this.#connectionOf[slot];
    const flags = this.log.connections.columns.flags[connection];
    if ((flags & RESET_SEEN) !== 0 || (flags & CLOSED_BY_FIN) === 0) this.#logDetails(slot);
    this.#index.remove(slot);
    this.#connectionOf[slot] = -1;
    this.#free.push(slot);
  }

  #logDetails(slot: number): void {
    const connection = this.#connectionOf[slot];
    const { details, connections } = this.log;
    const row = details.append(2);
    details.copyRow(this.#sides, 2 * slot, row);
    details.copyRow(this.#sides, 2 * slot + 1, row + 1);
    connections.columns.detail[connection] = row;
    this.#rings.keep(slot, connection);
  }
}

/** Who opened a connection, by its first segment: known from a SYN or SYN-ACK, else guessed from the ports. */
function sourceOpened(segment: Segment): boolean {
  if ((segment.flags & SYN) !== 0) return (segment.flags & ACK) === 0;
  const { sourcePort, destinationPort } = segment;
  if (sourcePort < FIRST_DYNAMIC_PORT !== destinationPort < FIRST_DYNAMIC_PORT)
    return destinationPort < FIRST_DYNAMIC_PORT;
  return sourcePort >= destinationPort;
}
