import { SYN_ACK_SEEN, SYN_REPEATED, SYN_SEEN } from './connection-flags.js';

const WHOLE_HANDSHAKE = SYN_SEEN | SYN_ACK_SEEN;

/** What a record tells of a handshake. */
interface Handshake {
  readonly flags: number;
  readonly synTime: number;
  readonly synAckTime: number;
}

/**
 * Round trip from a vantage to whoever answered the SYN, in nanoseconds; null where the handshake was not seen, or
 * where a repeated SYN leaves open which one was answered.
 */
export function handshakeTrip({ flags, synTime, synAckTime }: Handshake): number | null {
  const seen = flags & (WHOLE_HANDSHAKE | SYN_REPEATED);
  return seen === WHOLE_HANDSHAKE ? synAckTime - synTime : null;
}
