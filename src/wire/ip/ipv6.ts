import { readUint16, readUint32 } from '../bytes.js';
import { narrow, noteIpHeader, refuse, refuseShort, type Segment, STOP_MALFORMED } from '../segment.js';
import { LARGEST_OFFLOAD } from './protocol-numbers.js';
import { decodeUpperLayer } from './upper-layer.js';

// RFC 8200, 3.
const HEADER_LENGTH = 40;
const FLOW_LABEL_MASK = 0xf_ffff;

/** Decodes an IPv6 packet at `at`, extension headers passed over. True when a TCP segment was found inside. */
export function decodeIpv6(segment: Segment, at: number): boolean {
  if (at + HEADER_LENGTH > segment.end) return refuseShort(segment, at, HEADER_LENGTH);
  const { bytes } = segment;
  if (bytes[at] >>> 4 !== 6) return refuse(segment, STOP_MALFORMED);
  const length = readUint16(bytes, at + 4);
  // 0 is a jumbogram (RFC 2675) or segmentation offload: the frame decides.
  narrow(segment, at, length === 0 ? LARGEST_OFFLOAD : HEADER_LENGTH + length);
  const first = readUint32(bytes, at);
  noteIpHeader(segment, at);
  segment.ipVersion = 6;
  segment.sourceAt = at + 8;
  segment.destinationAt = at + 24;
  segment.tos = (first >>> 20) & 0xff;
  segment.flowLabel = first & FLOW_LABEL_MASK;
  segment.ipId = -1;
  segment.dontFragment = true;
  segment.ttl = bytes[at + 7];
  return decodeUpperLayer(segment, at + HEADER_LENGTH, bytes[at + 6]);
}
