import { DIRECTION_UNKNOWN, type Direction } from '../capture/frame.js';
import { readUint16 } from './bytes.js';
import { TUNNEL_NONE } from './tunnel-kind.js';

/** Why a frame gave no TCP segment. */
export const STOP_NONE = 0;
/** Not TCP, or a protocol that does not carry TCP. */
export const STOP_OTHER_PROTOCOL = 1;
/** A later fragment: the TCP header travelled in the first one. */
export const STOP_FRAGMENT = 2;
/** The snapshot length cut the headers off. */
export const STOP_TRUNCATED = 3;
/** A header contradicts itself. */
export const STOP_MALFORMED = 4;
/** A link type that is not known. */
export const STOP_LINK_TYPE = 5;
/** Encrypted or compressed: whether TCP is inside does not show. */
export const STOP_OPAQUE = 6;
/** Wrapped in more layers than any network makes. */
export const STOP_NESTED = 7;

/** With what bounds to go on in a frame that holds more than one packet. */
export interface Rest {
  end: number;
  wireEnd: number;
  ipAt: number;
  depth: number;
}

/**
 * The TCP part of a frame, innermost if encapsulated: one reused record that the decoders fill. Offsets point into
 * `bytes`; nothing is copied. Valid as long as the frame it was decoded from.
 */
export class Segment {
  bytes: Uint8Array = new Uint8Array(0);
  /** One past the last captured byte that belongs to the packet being decoded. */
  end = 0;
  /** One past the last byte that this packet had on the wire: beyond `end` where the snapshot length cut it. */
  wireEnd = 0;
  stop = STOP_NONE;
  /** Layers passed on the way in, beyond link layer and IP; bounds nesting. */
  depth = 0;
  direction: Direction = DIRECTION_UNKNOWN;
  /** Where the rest of a frame with more than one packet (802.11 A-MSDU) starts; -1 when nothing is left. */
  restAt = -1;
  readonly rest: Rest = { end: 0, wireEnd: 0, ipAt: -1, depth: 0 };

  /** Where the segment's own IP header starts: the innermost one. */
  ipAt = -1;
  /** Where the IP header starts that carried the segment's own, in the innermost tunnel; -1 outside of tunnels. */
  outerAt = -1;
  /** Where the first IP header of the frame starts: `outerAt` unless tunnels are nested; -1 outside of tunnels. */
  outermostAt = -1;
  /** `TUNNEL_*`: the innermost tunnel. Meaningful when `outerAt` is not -1. */
  tunnel = TUNNEL_NONE;
  /** Where the 4 bytes of the flow cookie of an AWS Gateway Load Balancer stand; -1 when there are none. */
  flowCookieAt = -1;

  /** 4 or 6. */
  ipVersion = 0;
  sourceAt = 0;
  destinationAt = 0;
  /** Time to live, or hop limit. */
  ttl = 0;
  /** IPv4 identification; -1 in IPv6, which has none. */
  ipId = -1;
  /** Type of service, or traffic class. */
  tos = 0;
  dontFragment = false;
  /** IPv6 flow label; 0 in IPv4. */
  flowLabel = 0;

  sourcePort = 0;
  destinationPort = 0;
  seq = 0;
  ack = 0;
  flags = 0;
  /** As it stands in the header, not scaled. */
  window = 0;
  optionsAt = 0;
  /** One past the last option byte that was captured. */
  optionsEnd = 0;
  /** True when the header has more option bytes than were captured. */
  optionsCut = false;
  payloadAt = 0;
  /** Bytes of payload on the wire, whatever was captured of them. */
  payloadLength = 0;
  /** Value of the timestamps option; meaningful when `hasTimestamp`. */
  timestamp = 0;
  hasTimestamp = false;
}

/** Ends the decoding of a frame that has no segment. */
export function refuse(segment: Segment, stop: number): false {
  segment.stop = stop;
  return false;
}

/** Ends the decoding where the `count` bytes of a header at `at` were cut off, or never there. */
export function refuseShort(segment: Segment, at: number, count: number): false {
  segment.stop = count <= wireLength(segment, at) ? STOP_TRUNCATED : STOP_MALFORMED;
  return false;
}

/** Whether the `count` bytes of a header at `at` were not all captured; then the reason is noted. */
export function lacks(segment: Segment, at: number, count: number): boolean {
  return at + count > segment.end && !refuseShort(segment, at, count);
}

/** How many bytes the packet had on the wire from `at` on. */
export function wireLength(segment: Segment, at: number): number {
  return segment.wireEnd - at;
}

/**
 * Takes a header's word that the packet ends `length` bytes after `at`: what follows is padding or a trailer. A length
 * beyond what the layer around it grants is a lie and changes nothing.
 */
export function narrow(segment: Segment, at: number, length: number): void {
  const end = at + length;
  if (end >= segment.wireEnd) return;
  segment.wireEnd = end;
  if (end < segment.end) segment.end = end;
}

/** Notes the IP header at `at`; one that was noted before it turns out to be a tunnel's. */
export function noteIpHeader(segment: Segment, at: number): void {
  segment.outerAt = segment.ipAt;
  segment.ipAt = at;
  if (segment.outerAt >= 0 && segment.outermostAt < 0) segment.outermostAt = segment.outerAt;
}

/** Time to live, or hop limit, of the IP header at `at`: for the headers around a segment's own. */
export function ttlOf(bytes: Uint8Array, at: number): number {
  return bytes[at] >>> 4 === 6 ? bytes[at + 7] : bytes[at + 8];
}

/** IPv4 identification of the header at `at`; -1 in IPv6. */
export function ipIdOf(bytes: Uint8Array, at: number): number {
  return bytes[at] >>> 4 === 6 ? -1 : readUint16(bytes, at + 4);
}
