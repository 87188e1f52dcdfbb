import { readUint32 } from './bytes.js';
import { type Segment, STOP_MALFORMED, STOP_NONE, STOP_TRUNCATED } from './segment.js';
import { readTimestamp } from './tcp-options.js';

// Header layout: RFC 9293, 3.1.
const MIN_HEADER_LENGTH = 20;
const DATA_OFFSET_AT = 12;
const FLAGS_AT = 13;
const WINDOW_AT = 14;

/**
 * Reads a TCP header at `at`; `length` is what the IP header grants the segment (header and payload).
 * Returns true when ports, numbers and flags could be read; a header cut inside its options still counts.
 */
export function decodeTcp(segment: Segment, at: number, length: number): boolean {
  const { bytes, end } = segment;
  if (length < MIN_HEADER_LENGTH) return refuse(segment, STOP_MALFORMED);
  if (at + MIN_HEADER_LENGTH > end) return refuse(segment, STOP_TRUNCATED);
  const headerLength = (bytes[at + DATA_OFFSET_AT] >>> 4) * 4;
  if (headerLength < MIN_HEADER_LENGTH || headerLength > length) return refuse(segment, STOP_MALFORMED);
  segment.sourcePort = (bytes[at] << 8) | bytes[at + 1];
  segment.destinationPort = (bytes[at + 2] << 8) | bytes[at + 3];
  segment.seq = readUint32(bytes, at + 4);
  segment.ack = readUint32(bytes, at + 8);
  segment.flags = bytes[at + FLAGS_AT];
  segment.window = (bytes[at + WINDOW_AT] << 8) | bytes[at + WINDOW_AT + 1];
  segment.optionsAt = at + MIN_HEADER_LENGTH;
  segment.optionsEnd = Math.min(at + headerLength, end);
  segment.optionsCut = at + headerLength > end;
  segment.payloadAt = at + headerLength;
  segment.payloadLength = length - headerLength;
  segment.stop = STOP_NONE;
  readTimestamp(segment);
  return true;
}

function refuse(segment: Segment, stop: number): boolean {
  segment.stop = stop;
  return false;
}
