import type { FlowLog } from '../flow/log.js';
import { ACK, RST, SYN } from '../wire/tcp-flags.js';
import type { Keyed } from './unique-join.js';

/** Flags beside the length of a segment, which is below 2^17 even where a host merges segments. */
const FLAGS_SHIFT = 24;

/**
 * Kept segments by what no forwarding box changes of them; the side is left out, its guess may differ. A repeated one
 * could be any of its copies, so it counts for none.
 */
export function plainSegments({ segments, kept }: FlowLog, wanted: (connection: number) => boolean): Keyed {
  return {
    length: segments.length,
    key: (row, key) => {
      const { seq, ack, flags, length } = segments.at(row);
      key[0] = seq;
      key[1] = ack;
      key[2] = (flags << FLAGS_SHIFT) | length;
      return (flags & (SYN | RST | ACK)) === ACK && wanted(kept.at(row).connection);
    },
  };
}
