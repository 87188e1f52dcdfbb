import { readUint16 } from '../bytes.js';
import { lacks, narrow, refuse, type Segment, STOP_OTHER_PROTOCOL, wireLength } from '../segment.js';
import { decodeLlc } from './llc.js';

// IEEE 802.11-2020, 9.3.2.2.2: destination, source, length, then the packet, filled up to whole words.
const SUBFRAME_HEADER_LENGTH = 14;
const LENGTH_AT = 12;
const WORD = 4;

/**
 * Several packets in one 802.11 frame. Stops at the first with a segment and notes in `segment.restAt` where to go on.
 */
export function decodeAMsdu(segment: Segment, at: number): boolean {
  const { rest } = segment;
  segment.restAt = at;
  rest.end = segment.end;
  rest.wireEnd = segment.wireEnd;
  rest.ipAt = segment.ipAt;
  rest.depth = segment.depth;
  return decodeRestOfAMsdu(segment);
}

/** Goes on where the last segment of the frame was found. */
export function decodeRestOfAMsdu(segment: Segment): boolean {
  while (segment.restAt >= 0) {
    restore(segment);
    const at = segment.restAt;
    segment.restAt = -1;
    if (lacks(segment, at, SUBFRAME_HEADER_LENGTH)) return false;
    const body = at + SUBFRAME_HEADER_LENGTH;
    const length = readUint16(segment.bytes, at + LENGTH_AT);
    const next = at + Math.ceil((SUBFRAME_HEADER_LENGTH + length) / WORD) * WORD;
    if (wireLength(segment, next) > 0) segment.restAt = next;
    narrow(segment, body, length);
    if (decodeLlc(segment, body)) return true;
  }
  return refuse(segment, segment.stop || STOP_OTHER_PROTOCOL);
}

/** Takes back what decoding the packet before this one noted. */
function restore(segment: Segment): void {
  const { rest } = segment;
  segment.end = rest.end;
  segment.wireEnd = rest.wireEnd;
  segment.ipAt = rest.ipAt;
  segment.depth = rest.depth;
  segment.outermostAt = -1;
}
