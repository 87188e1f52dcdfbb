import { readUint32 } from './bytes.js';
import type { Segment } from './segment.js';

// Option kinds: https://www.iana.org/assignments/tcp-parameters
const END_OF_OPTIONS = 0;
const NO_OPERATION = 1;
const WINDOW_SCALE = 3;
const TIMESTAMPS = 8;
const TIMESTAMPS_LENGTH = 10;
const WINDOW_SCALE_LENGTH = 3;

/** Where option `kind` with at least `length` bytes starts; -1 when the captured options do not hold it. */
function findOption(segment: Segment, kind: number, length: number): number {
  const { bytes, optionsEnd } = segment;
  let at = segment.optionsAt;
  while (at < optionsEnd) {
    const seen = bytes[at];
    if (seen === END_OF_OPTIONS) return -1;
    if (seen === NO_OPERATION) {
      at += 1;
      continue;
    }
    if (at + 1 >= optionsEnd) return -1;
    const size = bytes[at + 1];
    if (size < 2) return -1;
    if (seen === kind) return size >= length && at + length <= optionsEnd ? at : -1;
    at += size;
  }
  return -1;
}

/** Fills `timestamp` and `hasTimestamp` (RFC 7323, 3). */
export function readTimestamp(segment: Segment): void {
  const at = segment.optionsEnd > segment.optionsAt ? findOption(segment, TIMESTAMPS, TIMESTAMPS_LENGTH) : -1;
  segment.hasTimestamp = at >= 0;
  segment.timestamp = at >= 0 ? readUint32(segment.bytes, at + 2) : 0;
}

/** The window scale shift of a SYN or SYN-ACK (RFC 7323, 2.2); -1 when the option is not there. */
export function readWindowScale(segment: Segment): number {
  const at = findOption(segment, WINDOW_SCALE, WINDOW_SCALE_LENGTH);
  return at < 0 ? -1 : segment.bytes[at + 2];
}
