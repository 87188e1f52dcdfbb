import { DIRECTION_OUTBOUND, type Frame } from '../capture/frame.js';
import type { Segment } from '../wire/segment.js';
import { seqAdd, seqMax } from '../wire/seq.js';
import { ACK, FIN, RST, SYN } from '../wire/tcp-flags.js';
import { readWindowScale } from '../wire/tcp-options.js';
import { SIDE_ACK_SEEN, SIDE_FIN_SENT, SIDE_LOCAL, SIDE_TIMESTAMPS } from './connection-flags.js';
import { offsetsOf, type Page } from './layout.js';
import { SIDE } from './schema.js';

/** A step of a counter that other packets of the sender may have advanced, or a segmented burst. */
const LARGEST_COUNTER_STEP = 64;
const MOST_SAMPLES = 0xffff;

const { nextSeq, ackMax, segments, payloadBytes, flags } = offsetsOf(SIDE);
const { lastTime, lastFrame, lastDataTime, lastDataFrame } = offsetsOf(SIDE);
const { synFrame, synTtl, windowScale, finFrame, finTime, finEnd } = offsetsOf(SIDE);
const { ttl, ttlLead, ttlLowest, ttlHighest, ttlSamples } = offsetsOf(SIDE);
const { ipIdLast, ipIdSteps, ipIdZeros, ipIdSamples } = offsetsOf(SIDE);

/**
 * Brings one side of a connection up to date with a segment that it sent. A RST changes nothing here: it may be
 * forged, and the habits of its alleged sender are what it will be judged by.
 * @param at byte of the page at which the side's row begins
 */
export function updateSide(page: Page, at: number, frame: Frame, segment: Segment): void {
  if ((segment.flags & RST) !== 0) return;
  const { u8, u32, f64 } = page;
  const at4 = at >> 2;
  const at8 = at >> 3;
  const end = seqAdd(segment.seq, segmentLength(segment));
  u32[at4 + nextSeq] = u32[at4 + segments] === 0 ? end : seqMax(u32[at4 + nextSeq], end);
  u32[at4 + segments] += 1;
  f64[at8 + lastTime] = frame.time;
  u32[at4 + lastFrame] = frame.number;
  let seen = u8[at + flags];
  if ((segment.flags & ACK) !== 0) {
    u32[at4 + ackMax] = (seen & SIDE_ACK_SEEN) === 0 ? segment.ack : seqMax(u32[at4 + ackMax], segment.ack);
    seen |= SIDE_ACK_SEEN;
  }
  if (segment.payloadLength > 0) {
    f64[at8 + payloadBytes] += segment.payloadLength;
    f64[at8 + lastDataTime] = frame.time;
    u32[at4 + lastDataFrame] = frame.number;
  }
  if (segment.hasTimestamp) seen |= SIDE_TIMESTAMPS;
  if (segment.direction === DIRECTION_OUTBOUND) seen |= SIDE_LOCAL;
  u8[at + flags] = seen;
  if ((segment.flags & FIN) !== 0) noteFin(page, at, frame, end);
  if ((segment.flags & SYN) !== 0) noteSyn(page, at, frame, segment);
  else noteHeader(page, at, segment);
}

/** What a segment takes of the sequence space (RFC 9293, 3.4). */
export function segmentLength(segment: Segment): number {
  return (
    segment.payloadLength + ((segment.flags & SYN) !== 0 ? 1 : 0) + ((segment.flags & FIN) !== 0 ? 1 : 0)
  );
}

function noteFin({ u8, u32, f64 }: Page, at: number, frame: Frame, end: number): void {
  if ((u8[at + flags] & SIDE_FIN_SENT) !== 0) return;
  u8[at + flags] |= SIDE_FIN_SENT;
  u32[(at >> 2) + finFrame] = frame.number;
  f64[(at >> 3) + finTime] = frame.time;
  u32[(at >> 2) + finEnd] = end;
}

function noteSyn({ u8, u32 }: Page, at: number, frame: Frame, segment: Segment): void {
  if (u32[(at >> 2) + synFrame] === 0) u32[(at >> 2) + synFrame] = frame.number;
  u8[at + windowScale] = readWindowScale(segment) + 1;
  u8[at + synTtl] = segment.ttl;
}

/**
 * TTL by majority vote (Boyer and Moore), IP identification by how it moves. SYN and SYN-ACK stay out: a listener
 * or a SYN proxy may answer with other values than the connection has later, Linux sends SYN-ACKs with ID 0.
 */
function noteHeader(page: Page, at: number, segment: Segment): void {
  const { u8, u16 } = page;
  const at2 = at >> 1;
  const samples = u16[at2 + ttlSamples];
  const lead = u16[at2 + ttlLead];
  if (lead === 0) {
    u8[at + ttl] = segment.ttl;
    u16[at2 + ttlLead] = 1;
  } else if (lead < MOST_SAMPLES) {
    u16[at2 + ttlLead] = u8[at + ttl] === segment.ttl ? lead + 1 : lead - 1;
  }
  if (samples === 0 || segment.ttl < u8[at + ttlLowest]) u8[at + ttlLowest] = segment.ttl;
  if (segment.ttl > u8[at + ttlHighest]) u8[at + ttlHighest] = segment.ttl;
  if (segment.ipId >= 0) noteIpId(page, at2, segment.ipId, samples);
  if (samples < MOST_SAMPLES) u16[at2 + ttlSamples] = samples + 1;
}

function noteIpId({ u16 }: Page, at2: number, ipId: number, samples: number): void {
  if (samples > 0 && u16[at2 + ipIdSamples] < MOST_SAMPLES) {
    const step = (ipId - u16[at2 + ipIdLast]) & 0xffff;
    u16[at2 + ipIdSamples] += 1;
    if (ipId === 0) u16[at2 + ipIdZeros] += 1;
    else if (step >= 1 && step <= LARGEST_COUNTER_STEP) u16[at2 + ipIdSteps] += 1;
  }
  u16[at2 + ipIdLast] = ipId;
}
