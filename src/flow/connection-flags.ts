/** Bits of `CONNECTION.flags`. */
export const SYN_SEEN = 1 << 0;
export const SYN_ACK_SEEN = 1 << 1;
/** A segment with ACK from the opening side after the SYN-ACK: the handshake is complete. */
export const ESTABLISHED = 1 << 2;
export const RESET_SEEN = 1 << 3;
/** Both sides sent FIN and both FINs were acknowledged. */
export const CLOSED_BY_FIN = 1 << 4;
/** Waiting to leave the table. */
export const LEAVING = 1 << 5;
/** Began without a SYN: which side opened it is a guess. */
export const MID_STREAM = 1 << 6;
/** A SYN or SYN-ACK was sent more than once: which copy another vantage saw is open. */
export const SYN_REPEATED = 1 << 7;
/** A packet of it was recorded twice for certain: what merely looks like a copy is one. */
export const COPIES_SEEN = 1 << 8;
/** Closed by both, and it was the called side that sent FIN first. */
export const CALLED_CLOSED_FIRST = 1 << 9;

/** Bits of `SIDE.flags`. */
export const SIDE_FIN_SENT = 1 << 0;
export const SIDE_FIN_ACKED = 1 << 1;
export const SIDE_TIMESTAMPS = 1 << 2;
/** The capturing host said of a segment of this side that it sent it itself. */
export const SIDE_LOCAL = 1 << 3;
/** This side acknowledged something: only then `ackMax` is a number. */
export const SIDE_ACK_SEEN = 1 << 4;

/** Bits of `SEGMENT.meta`. */
export const SEEN_SIDE = 1 << 0;
export const SEEN_INBOUND = 1 << 1;
export const SEEN_OUTBOUND = 1 << 2;
export const SEEN_TIMESTAMP = 1 << 3;
export const SEEN_DONT_FRAGMENT = 1 << 4;
export const SEEN_OPTIONS_CUT = 1 << 5;
export const SEEN_OPTIONS = 1 << 6;
export const SEEN_IPV6 = 1 << 7;
