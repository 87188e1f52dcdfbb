import { SEEN_SIDE } from '../flow/connection-flags.js';
import type { Renumbering } from '../flow/connection-reader.js';
import type { FlowLog } from '../flow/log.js';
import { seqAdd } from '../wire/seq.js';
import { ACK, FIN, RST, SYN } from '../wire/tcp-flags.js';
import type { PairingContext } from './method.js';

/** Kept segments of one connection that are looked at; more are only there in a storm of resets. */
const MOST_COMPARED = 64;

/** Rows of the segments that were kept of a connection, the last one first. */
export function* keptRows({ connections, kept }: FlowLog, connection: number): Generator<number> {
  let row = connections.at(connection).lastKept;
  for (let count = 0; row >= 0 && count < MOST_COMPARED; count += 1) {
    yield row;
    row = kept.at(row).previous;
  }
}

/** How many telling segments both vantages kept, and how many of those agree under a shift of the numbers. */
export function agreement(
  { client, server }: PairingContext,
  one: { readonly client: number; readonly server: number; readonly shift: Renumbering },
): { readonly agreeing: number; readonly compared: number } {
  const here = new Set(marksOf(client.log, one.client, [0, 0]));
  const there = new Set(marksOf(server.log, one.server, one.shift));
  const agreeing = [...here].filter((mark) => there.has(mark)).length;
  return { agreeing, compared: Math.min(here.size, there.size) };
}

/** What tells segments with data or FIN of a connection apart: bare acknowledgements of a handshake agree always. */
function* marksOf(log: FlowLog, connection: number, shift: Renumbering): Generator<string> {
  for (const row of keptRows(log, connection)) {
    const { seq, ack, flags, length, meta } = log.segments.at(row);
    if ((flags & (SYN | RST | ACK)) !== ACK || (length === 0 && (flags & FIN) === 0)) continue;
    const side = (meta & SEEN_SIDE) === 0 ? 0 : 1;
    yield `${side} ${seqAdd(seq, -shift[side])} ${seqAdd(ack, -shift[1 - side])} ${length} ${flags}`;
  }
}
