import { DIRECTION_OUTBOUND, type Frame } from '../capture/frame.js';
import type { Segment } from '../wire/segment.js';
import { seqAdd, seqMax } from '../wire/seq.js';
import { ACK, FIN, RST, SYN } from '../wire/tcp-flags.js';
import { readWindowScale } from '../wire/tcp-options.js';
import type { Table } from './columns.js';
import { SIDE_ACK_SEEN, SIDE_FIN_SENT, SIDE_LOCAL, SIDE_TIMESTAMPS } from './connection-flags.js';
import type { SIDE } from './schema.js';

/** A step of a counter that other packets of the sender may have advanced, or a segmented burst. */
const LARGEST_COUNTER_STEP = 64;
const MOST_SAMPLES = 0xffff;

type SideTable = Table<typeof SIDE>;

/**
 * Brings one side of a connection up to date with a segment that it sent. A RST changes nothing here: it may be
 * forged, and the habits of its alleged sender are what it will be judged by.
 */
export function updateSide(sides: SideTable, row: number, frame: Frame, segment: Segment): void {
  const c = sides.columns;
  if ((segment.flags & RST) !== 0) return;
  const fresh = c.segments[row] === 0;
  const end = seqAdd(segment.seq, segmentLength(segment));
  c.nextSeq[row] = fresh ? end : seqMax(c.nextSeq[row], end);
  if ((segment.flags & ACK) !== 0) noteAck(sides, row, segment.ack);
  c.segments[row] += 1;
  c.lastTime[row] = frame.time;
  c.lastFrame[row] = frame.number;
  if (segment.payloadLength > 0) {
    c.payloadBytes[row] += segment.payloadLength;
    c.lastDataTime[row] = frame.time;
    c.lastDataFrame[row] = frame.number;
  }
  if (segment.hasTimestamp) c.flags[row] |= SIDE_TIMESTAMPS;
  if (segment.direction === DIRECTION_OUTBOUND) c.flags[row] |= SIDE_LOCAL;
  if ((segment.flags & FIN) !== 0) noteFin(sides, row, frame, end);
  if ((segment.flags & SYN) !== 0) noteSyn(sides, row, frame, segment);
  else noteHeader(sides, row, segment);
}

/** What a segment takes of the sequence space (RFC 9293, 3.4). */
export function segmentLength(segment: Segment): number {
  return (
    segment.payloadLength + ((segment.flags & SYN) !== 0 ? 1 : 0) + ((segment.flags & FIN) !== 0 ? 1 : 0)
  );
}

function noteAck(sides: SideTable, row: number, ack: number): void {
  const c = sides.columns;
  const first = (c.flags[row] & SIDE_ACK_SEEN) === 0;
  c.ackMax[row] = first ? ack : seqMax(c.ackMax[row], ack);
  c.flags[row] |= SIDE_ACK_SEEN;
}

function noteFin(sides: SideTable, row: number, frame: Frame, end: number): void {
  const c = sides.columns;
  if ((c.flags[row] & SIDE_FIN_SENT) !== 0) return;
  c.flags[row] |= SIDE_FIN_SENT;
  c.finFrame[row] = frame.number;
  c.finTime[row] = frame.time;
  c.finEnd[row] = end;
}

function noteSyn(sides: SideTable, row: number, frame: Frame, segment: Segment): void {
  const c = sides.columns;
  if (c.synFrame[row] === 0) c.synFrame[row] = frame.number;
  c.windowScale[row] = readWindowScale(segment) + 1;
  c.synTtl[row] = segment.ttl;
}

/**
 * TTL by majority vote (Boyer and Moore), IP identification by how it moves. SYN and SYN-ACK stay out: a listener
 * or a SYN proxy may answer with other values than the connection has later, Linux sends SYN-ACKs with ID 0.
 */
function noteHeader(sides: SideTable, row: number, segment: Segment): void {
  const c = sides.columns;
  const { ttl, ipId } = segment;
  if (c.ttlLead[row] === 0) {
    c.ttl[row] = ttl;
    c.ttlLead[row] = 1;
  } else if (c.ttlLead[row] < MOST_SAMPLES) {
    c.ttlLead[row] += c.ttl[row] === ttl ? 1 : -1;
  }
  if (c.ttlSamples[row] === 0 || ttl < c.ttlLowest[row]) c.ttlLowest[row] = ttl;
  if (ttl > c.ttlHighest[row]) c.ttlHighest[row] = ttl;
  if (ipId >= 0) noteIpId(sides, row, ipId);
  if (c.ttlSamples[row] < MOST_SAMPLES) c.ttlSamples[row] += 1;
}

function noteIpId(sides: SideTable, row: number, ipId: number): void {
  const c = sides.columns;
  if (c.ttlSamples[row] > 0 && c.ipIdSamples[row] < MOST_SAMPLES) {
    const step = (ipId - c.ipIdLast[row]) & 0xffff;
    c.ipIdSamples[row] += 1;
    if (ipId === 0) c.ipIdZeros[row] += 1;
    else if (step >= 1 && step <= LARGEST_COUNTER_STEP) c.ipIdSteps[row] += 1;
  }
  c.ipIdLast[row] = ipId;
}
