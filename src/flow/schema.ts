import type { Schema } from './layout.js';

/**
 * The rows that the flow stage keeps. Times are nanoseconds since the capture's first frame, frame
 * numbers count from 1 with 0 for "none seen", sequence numbers are raw.
 */

/**
 * What is kept of every connection for as long as the capture lasts: enough to pair it. Of the two sides, 0 opened the
 * connection and 1 was called.
 */
export const CONNECTION = {
  firstTime: 'f64',
  lastTime: 'f64',
  synTime: 'f64',
  synAckTime: 'f64',
  /** The longest time without any segment that was followed by one before either side had sent FIN. */
  longestGap: 'f64',
  /** When it ended, and by which frame. */
  longestGapEnd: 'f64',
  longestGapFrame: 'u32',
  firstFrame: 'u32',
  lastFrame: 'u32',
  /** IPv4 addresses as numbers, or the rows of interned IPv6 addresses. */
  address0: 'u32',
  address1: 'u32',
  /** Initial sequence numbers. */
  isn0: 'u32',
  isn1: 'u32',
  /** Timestamps of the SYN and the SYN-ACK (RFC 7323); 0 where there was none. */
  timestamp0: 'u32',
  timestamp1: 'u32',
  /** Row of its details (two, one a side) or -1. */
  detail: 'i32',
  /** The segment of it that was kept last, and -1 where none was. */
  lastKept: 'i32',
  port0: 'u16',
  port1: 'u16',
  /** Bits of `connection-flags.ts`. */
  flags: 'u16',
  /** 4 or 6. */
  family: 'u8',
  /** Who had sent data last when the longest gap began: the side plus one, or 0 for nobody. */
  longestGapSpeaker: 'u8',
  /** Which side's segment ended it. */
  longestGapEnder: 'u8',
} as const satisfies Schema;

/** State of one side while its connection is open, and afterwards where the connection may matter. */
export const SIDE = {
  /** Highest sequence number sent, plus one: SYN and FIN count. */
  nextSeq: 'u32',
  /** Highest acknowledgement number sent. */
  ackMax: 'u32',
  segments: 'u32',
  payloadBytes: 'f64',
  lastTime: 'f64',
  lastFrame: 'u32',
  lastDataTime: 'f64',
  lastDataFrame: 'u32',
  synFrame: 'u32',
  /** TTL of its SYN or SYN-ACK; 0 when none was seen. */
  synTtl: 'u8',
  finFrame: 'u32',
  finTime: 'f64',
  /** Sequence number after this side's FIN. */
  finEnd: 'u32',
  /** TTL that most segments without SYN and RST had, by majority vote, and the votes it leads by. */
  ttl: 'u8',
  ttlLead: 'u16',
  ttlLowest: 'u8',
  ttlHighest: 'u8',
  /** Segments that the TTL baseline rests on. */
  ttlSamples: 'u16',
  /** IPv4 identification: the last one, and how the values moved over `ipIdSamples` steps. */
  ipIdLast: 'u16',
  ipIdSteps: 'u16',
  ipIdZeros: 'u16',
  ipIdSamples: 'u16',
  /** Shift of the window scale option plus one; 0 when no SYN of this side was seen with it. */
  windowScale: 'u8',
  /** Bits of `SIDE_*` in `connection-flags.ts`. */
  flags: 'u8',
} as const satisfies Schema;

/** One segment as it was seen, for evidence to cite. */
export const SEGMENT = {
  time: 'f64',
  frame: 'u32',
  seq: 'u32',
  ack: 'u32',
  timestamp: 'u32',
  length: 'u32',
  window: 'u16',
  ipId: 'u16',
  /** The lower 16 of the 20 bits of the IPv6 flow label: enough to tell two labels apart. */
  flowLabel: 'u16',
  flags: 'u8',
  ttl: 'u8',
  tos: 'u8',
  /** Bits of `SEEN_*` in `connection-flags.ts`: the side that sent it, what the host said of its direction. */
  meta: 'u8',
  /** `TUNNEL_*` of the innermost tunnel, and the TTL of the IP header that carried the segment's own through it. */
  tunnel: 'u8',
  outerTtl: 'u8',
} as const satisfies Schema;

/** What an open connection has besides: the book of its last segments. */
export const RING = {
  /** Row of the connection in the log; `NOBODY` where the slot is free. */
  connection: 'u32',
  /** Segments ever seen, and how many of those the log has. */
  seen: 'u32',
  kept: 'u32',
  /** The segment that the log took last, or -1. */
  lastKept: 'i32',
  /** Row plus one of what each side's stream opened with; 0 before its first payload, -1 when no more is wanted. */
  opening0: 'i32',
  opening1: 'i32',
  /** Row plus one of the HTTP request that was asked last; 0 where none was. */
  request: 'i32',
  /** Segments that are still to be kept for certain. */
  budget: 'u8',
} as const satisfies Schema;

/** A RST that was recorded once more: what differs from the first record of it. */
export const RESET_COPY = {
  connection: 'u32',
  time: 'f64',
  frame: 'u32',
  /** Frame of the first record. */
  original: 'u32',
  ttl: 'u8',
} as const satisfies Schema;

/**
 * One plain HTTP request, and its answer: on the legs of a proxy that keeps connections for requests of any client they
 * tell what belongs together. Smaller than the frame that shows it.
 */
export const REQUEST = {
  connection: 'u32',
  /** The request before it on the same connection, or -1. */
  previous: 'i32',
  time: 'f64',
  frame: 'u32',
  /** Of the segment that it begins: a box that forwards it leaves at least one of them as it is. */
  seq: 'u32',
  timestamp: 'u32',
  /** When its answer began; 0 where none was seen. */
  answerTime: 'f64',
  /** Digests of method and target, and of the identifiers that it carries. */
  asked0: 'u32',
  asked1: 'u32',
  id0: 'u32',
  id1: 'u32',
  /** Whom the nearest proxy names as its client; of family 0 where it names none. */
  forwardedFamily: 'u8',
  forwarded: 'u32',
  /** Of the answer: a digest of its status, the length of its body, and a digest of what that begins with. */
  status: 'u32',
  bodyLength: 'u32',
  body0: 'u32',
  body1: 'u32',
  /** Bits of `OPENED_*` in `opening/beginning.ts`: whether it has identifiers, and its answer a body. */
  kinds: 'u16',
} as const satisfies Schema;

/**
 * A SYN with a number of its own came on addresses and ports whose connection had not ended: it began another one, while
 * the hosts may still have had the first.
 */
export const TAKEOVER = { before: 'u32', after: 'u32' } as const satisfies Schema;

/** Beside every kept segment: whose it is, and the segment of the same connection that was kept before it, or -1. */
export const KEPT = { connection: 'u32', previous: 'i32' } as const satisfies Schema;

/** What one side's stream of a connection opened with, after any PROXY protocol header; see `opening/`. */
export const OPENING = {
  connection: 'u32',
  side: 'u8',
  /** When the first byte behind the header was seen, and in which frame; 0 when none was. */
  firstTime: 'f64',
  firstFrame: 'u32',
  /** Value of the timestamps option of the first segment with payload, or 0. */
  timestamp: 'u32',
  /** Sequence number of the byte that comes next. */
  next: 'u32',
  /** Bytes that the digest covers, and the digest; the short one is of the first few, once there are so many. */
  length: 'u16',
  digest0: 'u32',
  digest1: 'u32',
  short0: 'u32',
  short1: 'u32',
  /** Bits of `OPENED_*` in `opening/beginning.ts`. */
  kinds: 'u16',
  /** PROXY protocol: bytes of the headers, whom they name as the client, and whom it had called. */
  headerLength: 'u16',
  sourceFamily: 'u8',
  sourcePort: 'u16',
  destinationPort: 'u16',
  source: 'u32',
  destination: 'u32',
  /** TLS ClientHello: digest of random and session id. */
  hello0: 'u32',
  hello1: 'u32',
  /** HTTP: the client that the nearest proxy names in the first request; digests of what all requests asked for, and of
   * their identifiers. Of the side that was called: status and length of its first response, and a digest of the body.
   */
  forwardedFamily: 'u8',
  forwarded: 'u32',
  requests: 'u32',
  requests0: 'u32',
  requests1: 'u32',
  id0: 'u32',
  id1: 'u32',
} as const satisfies Schema;
