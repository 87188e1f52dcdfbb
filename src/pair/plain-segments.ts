import { SEEN_SIDE } from '../flow/connection-flags.js';
import type { Renumbering } from '../flow/connection-reader.js';
import type { FlowLog } from '../flow/log.js';
import { seqAdd } from '../wire/seq.js';
import { ACK, RST, SYN } from '../wire/tcp-flags.js';
import { keptRowsOf } from './kept-rows.js';
import type { Keyed } from './unique-join.js';

/** Flags beside the length of a segment, which is below 2^17 even where a host merges segments. */
const FLAGS_SHIFT = 24;

/** Segments to join, each with its row in the log. */
export interface KeyedSegments extends Keyed {
  readonly rows: Uint32Array;
}

/**
 * Kept segments of the wanted connections by what no forwarding box changes of them; the side is left out, its guess may
 * differ. A repeated one could be any of its copies, so it counts for none.
 * @param shiftOf what is to be taken off the numbers of a connection's sides first
 */
export function plainSegments(
  log: FlowLog,
  isWanted: (connection: number) => boolean,
  shiftOf: (connection: number) => Renumbering | undefined = () => undefined,
): KeyedSegments {
  const { segments, kept } = log;
  const rows = keptRowsOf(log, isWanted);
  return {
    rows,
    length: rows.length,
    key: (index, key) => {
      const { seq, ack, flags, length, meta } = segments.at(rows[index]);
      if (!isPlain(flags)) return false;
      const shift = shiftOf(kept.at(rows[index]).connection);
      const side = (meta & SEEN_SIDE) === 0 ? 0 : 1;
      key[0] = shift === undefined ? seq : seqAdd(seq, -shift[side]);
      key[1] = shift === undefined ? ack : seqAdd(ack, -shift[1 - side]);
      key[2] = (flags << FLAGS_SHIFT) | length;
      return true;
    },
  };
}

/** Whether any segment of a connection could be compared; an unanswered SYN has none. */
export function hasPlainSegments({ connections, segments, kept }: FlowLog, connection: number): boolean {
  let row = connections.at(connection).lastKept;
  while (row >= 0 && !isPlain(segments.at(row).flags)) row = kept.at(row).previous;
  return row >= 0;
}

function isPlain(flags: number): boolean {
  return (flags & (SYN | RST | ACK)) === ACK;
}
