import { readUint32 } from './bytes.js';
import type { Segment } from './segment.js';

// Option kinds: https://www.iana.org/assignments/tcp-parameters
const END_OF_OPTIONS = 0;
const NO_OPERATION = 1;
const WINDOW_SCALE = 3;
const TIMESTAMPS = 8;
const MPTCP = 30;
const TIMESTAMPS_LENGTH = 10;
const WINDOW_SCALE_LENGTH = 3;
const MPTCP_LEAST_LENGTH = 3;
const MPTCP_RESET_LENGTH = 4;
const MPTCP_RESET_SUBTYPE = 0x8;

/** Where option `kind` with at least `length` bytes starts, from `at` on; -1 when the captured options do not hold it. */
function findOption(segment: Segment, kind: number, length: number, at = segment.optionsAt): number {
  const { bytes, optionsEnd } = segment;
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

/**
 * The reason in the option MP_TCPRST, which may stand behind other options of MPTCP (RFC 8684, 3.6); -1 when it is not
 * there.
 */
export function readMptcpReset(segment: Segment): number {
  const { bytes, optionsEnd } = segment;
  let at = findOption(segment, MPTCP, MPTCP_LEAST_LENGTH);
  while (at >= 0) {
    const next = at + bytes[at + 1];
    const isReset = bytes[at + 2] >>> 4 === MPTCP_RESET_SUBTYPE && next - at === MPTCP_RESET_LENGTH;
    if (isReset) return next <= optionsEnd ? bytes[at + 3] : -1;
    at = findOption(segment, MPTCP, MPTCP_LEAST_LENGTH, next);
  }
  return -1;
}
