import { readUint16 } from '../bytes.js';
import { narrow, noteIpHeader, refuse, refuseShort, type Segment, STOP_MALFORMED } from '../segment.js';
import { decodeTcp } from '../tcp.js';
import { refuseFragment } from './fragment.js';
import { decodeIpv6 } from './ipv6.js';
import { LARGEST_OFFLOAD, TCP } from './protocol-numbers.js';
import { decodeUpperLayer } from './upper-layer.js';

// RFC 791, 3.1.
const HEADER_LENGTH = 20;
const DONT_FRAGMENT = 0x4000;
const MORE_FRAGMENTS = 0x2000;
const FRAGMENT_OFFSET_MASK = 0x1fff;

/** Decodes an IPv4 packet at `at`. True when a TCP segment was found inside. */
export function decodeIpv4(segment: Segment, at: number): boolean {
  if (at + HEADER_LENGTH > segment.end) return refuseShort(segment, at, HEADER_LENGTH);
  const { bytes } = segment;
  const headerLength = (bytes[at] & 0x0f) * 4;
  if (bytes[at] >>> 4 !== 4 || headerLength < HEADER_LENGTH) return decodeMisnamed(segment, at);
  const total = readUint16(bytes, at + 2);
  // 0 is what a sender's own capture shows of a packet that its network card will cut (TCP segmentation offload).
  narrow(segment, at, total === 0 ? LARGEST_OFFLOAD : total);
  const fragment = readUint16(bytes, at + 6);
  noteIpHeader(segment, at);
  segment.ipVersion = 4;
  segment.sourceAt = at + 12;
  segment.destinationAt = at + 16;
  segment.tos = bytes[at + 1];
  segment.ipId = readUint16(bytes, at + 4);
  segment.dontFragment = (fragment & DONT_FRAGMENT) !== 0;
  segment.flowLabel = 0;
  segment.ttl = bytes[at + 8];
  const protocol = bytes[at + 9];
  if ((fragment & FRAGMENT_OFFSET_MASK) !== 0) return refuseFragment(segment, protocol);
  if (protocol === TCP) return decodeTcp(segment, at + headerLength);
  return decodeUpperLayer(segment, at + headerLength, protocol, (fragment & MORE_FRAGMENTS) !== 0);
}

/** Some writers announce IPv6 as IPv4; the packet itself knows better. */
function decodeMisnamed(segment: Segment, at: number): boolean {
  return segment.bytes[at] >>> 4 === 6 ? decodeIpv6(segment, at) : refuse(segment, STOP_MALFORMED);
}
