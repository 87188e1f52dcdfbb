import { readUint32 } from './bytes.js';
import {
  type Segment,
  STOP_FRAGMENT,
  STOP_MALFORMED,
  STOP_OTHER_PROTOCOL,
  STOP_TRUNCATED,
} from './segment.js';
import { decodeTcp } from './tcp.js';

// IPv4: RFC 791, 3.1. IPv6: RFC 8200, 3 and 4. Protocol numbers: https://www.iana.org/assignments/protocol-numbers
const IPV4_HEADER_LENGTH = 20;
const IPV6_HEADER_LENGTH = 40;
const PROTOCOL_TCP = 6;
const DONT_FRAGMENT = 0x4000;
const FRAGMENT_OFFSET_MASK = 0x1fff;
const FLOW_LABEL_MASK = 0xf_ffff;

const HOP_BY_HOP = 0;
const ROUTING = 43;
const FRAGMENT = 44;
const AUTHENTICATION = 51;
const DESTINATION_OPTIONS = 60;
const MOBILITY = 135;
const FRAGMENT_HEADER_LENGTH = 8;
/** More extension headers than any real packet carries; a chain of empty ones must not cost more. */
const MOST_EXTENSION_HEADERS = 16;

function refuse(segment: Segment, stop: number): boolean {
  segment.stop = stop;
  return false;
}

/** Decodes an IP packet of either version at `at`. True when a TCP segment was found inside. */
export function decodeIp(segment: Segment, at: number): boolean {
  if (at >= segment.end) return refuse(segment, STOP_TRUNCATED);
  const version = segment.bytes[at] >>> 4;
  if (version === 4) return decodeIpv4(segment, at);
  return version === 6 ? decodeIpv6(segment, at) : refuse(segment, STOP_MALFORMED);
}

/** Decodes an IPv4 packet at `at`. True when a TCP segment was found inside. */
export function decodeIpv4(segment: Segment, at: number): boolean {
  const { bytes, end } = segment;
  if (at + IPV4_HEADER_LENGTH > end) return refuse(segment, STOP_TRUNCATED);
  const headerLength = (bytes[at] & 0x0f) * 4;
  if (bytes[at] >>> 4 !== 4 || headerLength < IPV4_HEADER_LENGTH) return refuse(segment, STOP_MALFORMED);
  if (bytes[at + 9] !== PROTOCOL_TCP) return refuse(segment, STOP_OTHER_PROTOCOL);
  const fragment = (bytes[at + 6] << 8) | bytes[at + 7];
  if ((fragment & FRAGMENT_OFFSET_MASK) !== 0) return refuse(segment, STOP_FRAGMENT);
  segment.ipVersion = 4;
  segment.sourceAt = at + 12;
  segment.destinationAt = at + 16;
  segment.tos = bytes[at + 1];
  segment.ipId = (bytes[at + 4] << 8) | bytes[at + 5];
  segment.dontFragment = (fragment & DONT_FRAGMENT) !== 0;
  segment.flowLabel = 0;
  segment.ttl = bytes[at + 8];
  const total = (bytes[at + 2] << 8) | bytes[at + 3];
  return decodeTcp(segment, at + headerLength, ipv4PayloadLength(segment, at, headerLength, total));
}

/**
 * What an IPv4 header grants its payload. A total length of 0 is what a sender's own capture shows of a packet that
 * its network card will cut (TCP segmentation offload): then the frame decides.
 */
function ipv4PayloadLength(segment: Segment, at: number, headerLength: number, total: number): number {
  const onWire = segment.end + segment.cut - at;
  const length = total === 0 ? onWire : Math.min(total, onWire);
  if (at + length < segment.end) segment.end = at + length; // link-layer padding is not payload
  return length - headerLength;
}

/** Decodes an IPv6 packet at `at`, extension headers passed over. True when a TCP segment was found inside. */
export function decodeIpv6(segment: Segment, at: number): boolean {
  const { bytes, end } = segment;
  if (at + IPV6_HEADER_LENGTH > end) return refuse(segment, STOP_TRUNCATED);
  if (bytes[at] >>> 4 !== 6) return refuse(segment, STOP_MALFORMED);
  const first = readUint32(bytes, at);
  segment.ipVersion = 6;
  segment.sourceAt = at + 8;
  segment.destinationAt = at + 24;
  segment.tos = (first >>> 20) & 0xff;
  segment.flowLabel = first & FLOW_LABEL_MASK;
  segment.ipId = -1;
  segment.dontFragment = true;
  segment.ttl = bytes[at + 7];
  const granted = (bytes[at + 4] << 8) | bytes[at + 5];
  const onWire = segment.end + segment.cut - at - IPV6_HEADER_LENGTH;
  const length = granted === 0 ? onWire : Math.min(granted, onWire);
  if (at + IPV6_HEADER_LENGTH + length < segment.end) segment.end = at + IPV6_HEADER_LENGTH + length;
  return decodeExtensions(segment, at + IPV6_HEADER_LENGTH, length, bytes[at + 6]);
}

function decodeExtensions(segment: Segment, at: number, length: number, firstHeader: number): boolean {
  const { bytes } = segment;
  let next = firstHeader;
  for (let count = 0; count < MOST_EXTENSION_HEADERS; count += 1) {
    if (next === PROTOCOL_TCP) return decodeTcp(segment, at, length);
    if (!isExtension(next)) return refuse(segment, STOP_OTHER_PROTOCOL);
    if (at + FRAGMENT_HEADER_LENGTH > segment.end) return refuse(segment, STOP_TRUNCATED);
    if (next === FRAGMENT && (((bytes[at + 2] << 8) | bytes[at + 3]) & 0xfff8) !== 0) {
      const ofTcp = bytes[at] === PROTOCOL_TCP || isExtension(bytes[at]);
      return refuse(segment, ofTcp ? STOP_FRAGMENT : STOP_OTHER_PROTOCOL);
    }
    const size = extensionLength(next, bytes[at + 1]);
    next = bytes[at];
    at += size;
    length -= size;
    if (length < 0) return refuse(segment, STOP_MALFORMED);
  }
  return refuse(segment, STOP_MALFORMED);
}

function isExtension(header: number): boolean {
  return (
    header === HOP_BY_HOP ||
    header === ROUTING ||
    header === FRAGMENT ||
    header === AUTHENTICATION ||
    header === DESTINATION_OPTIONS ||
    header === MOBILITY
  );
}

/** Length of an extension header in bytes (RFC 8200, 4.3 to 4.6; RFC 4302, 2.2 counts in words of 4). */
function extensionLength(header: number, lengthField: number): number {
  if (header === FRAGMENT) return FRAGMENT_HEADER_LENGTH;
  return header === AUTHENTICATION ? (lengthField + 2) * 4 : (lengthField + 1) * 8;
}
