import type { FlowLog } from '../flow/log.js';

/** Rows of all segments that were kept of some connections: of the others nothing is read. */
export function keptRowsOf(
  { connections, kept, segments }: FlowLog,
  isWanted: (connection: number) => boolean,
): Uint32Array {
  const rows = new Uint32Array(segments.length);
  let count = 0;
  for (let connection = 0; connection < connections.length; connection += 1) {
    if (!isWanted(connection)) continue;
    let row = connections.at(connection).lastKept;
    while (row >= 0) {
      rows[count] = row;
      count += 1;
      row = kept.at(row).previous;
    }
  }
  return rows.subarray(0, count);
}
