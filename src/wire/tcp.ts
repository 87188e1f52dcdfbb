import { readUint16, readUint32 } from './bytes.js';
import { refuse, refuseShort, type Segment, STOP_MALFORMED, STOP_NONE, wireLength } from './segment.js';
import { readTimestamp } from './tcp-options.js';

// Header layout: RFC 9293, 3.1.
const MIN_HEADER_LENGTH = 20;
const IPV6_HEADER_LENGTH = 40;
const DATA_OFFSET_AT = 12;
const FLAGS_AT = 13;
const WINDOW_AT = 14;

/**
 * Reads a TCP header at `at`. Returns true when ports, numbers and flags could be read; a header cut inside its options
 * still counts.
 */
export function decodeTcp(segment: Segment, at: number): boolean {
  const { bytes, end } = segment;
  if (at + MIN_HEADER_LENGTH > end) return refuseShort(segment, at, MIN_HEADER_LENGTH);
  const headerLength = (bytes[at + DATA_OFFSET_AT] >>> 4) * 4;
  const length = wireLength(segment, at);
  if (headerLength < MIN_HEADER_LENGTH) return refuse(segment, STOP_MALFORMED);
  if (headerLength > length && !isPromised(segment, at + headerLength))
    return refuse(segment, STOP_MALFORMED);
  segment.sourcePort = readUint16(bytes, at);
  segment.destinationPort = readUint16(bytes, at + 2);
  segment.seq = readUint32(bytes, at + 4);
  segment.ack = readUint32(bytes, at + 8);
  segment.flags = bytes[at + FLAGS_AT];
  segment.window = readUint16(bytes, at + WINDOW_AT);
  segment.optionsAt = at + MIN_HEADER_LENGTH;
  segment.optionsEnd = Math.min(at + headerLength, end);
  segment.optionsCut = at + headerLength > end;
  segment.payloadAt = at + headerLength;
  segment.payloadLength = Math.max(length - headerLength, 0);
  segment.stop = STOP_NONE;
  readTimestamp(segment);
  return true;
}

/** Whether the IP header reaches up to `end`, though the frame does not: cut by a tool that did not say so. */
function isPromised({ bytes, ipAt, ipVersion }: Segment, end: number): boolean {
  const length =
    ipVersion === 4 ? readUint16(bytes, ipAt + 2) : IPV6_HEADER_LENGTH + readUint16(bytes, ipAt + 4);
  return ipAt + length >= end;
}
