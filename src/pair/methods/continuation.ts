import { MID_STREAM, SEEN_SIDE } from '../../flow/connection-flags.js';
import { calledEndpoints } from '../../flow/connection-reader.js';
import type { FlowLog } from '../../flow/log.js';
import { ACK, FIN, RST, SYN } from '../../wire/tcp-flags.js';
import { keptRows } from '../agreement.js';
import type { PairingMethod } from '../method.js';
import { joinUnique, type Keyed } from '../unique-join.js';

/** The next sequence number of each side, where it is known. */
type Numbers = readonly [number | null, number | null];

/** Tells keys of one number from keys of two. */
const ONE_NUMBER = 1 << 16;

/**
 * Pairs a connection of which one capture began too late to show more than its end, perhaps a RST alone, with one of
 * the other vantage that had come to just these numbers: both sides' (64 bits), or for a RST without ACK its own (32 bits)
 * and the client's port, which DNAT keeps and SNAT prefers to keep. What an end sent that never arrived continues its
 * numbers as well.
 */
export const continuation: PairingMethod = {
  name: 'continuation',
  find({ client: { log: client }, server: { log: server }, pairs }, pair) {
    const free = {
      client: (row: number) => pairs.partnerOf('client', row) < 0,
      server: (row: number) => pairs.partnerOf('server', row) < 0,
    };
    const beginnings = { client: midStream(client, free.client), server: midStream(server, free.server) };
    if (!beginnings.client.some(Boolean) && !beginnings.server.some(Boolean)) return;
    const isStray = untranslated(client, server);
    for (const count of [2, 1] as const) {
      const join = (a: Keyed, b: Keyed) =>
        joinUnique(a, b, (one, other) => {
          const [here, there] = count === 2 ? [one, other] : [one >>> 1, other >>> 1];
          const isFree = free.client(here) && free.server(there);
          if (isFree && !isStray(here, there)) pair(here, there);
        });
      const began = (log: FlowLog, isWanted: readonly boolean[]) =>
        keyed(log, count, (row) => (isWanted[row] ? numbersAtBeginning(log, row) : null));
      const ended = (log: FlowLog, isFree: (row: number) => boolean) =>
        keyed(log, count, (row) => (isFree(row) ? numbersAtEnd(log, row) : null));
      join(began(client, beginnings.client), ended(server, free.server));
      join(ended(client, free.client), began(server, beginnings.server));
      join(began(client, beginnings.client), began(server, beginnings.server));
    }
  },
};

/**
 * Tells what reached the client without its translation (see `unnat.ts`): it has the backend's own address, which nobody
 * calls there, and would be taken for the connection that it strayed from.
 */
function untranslated(client: FlowLog, server: FlowLog): (here: number, there: number) => boolean {
  const called = calledEndpoints(client);
  return (here, there) => {
    if (called.isEmpty || called.has(here, 1)) return false;
    const [a, b] = [client.connections.at(here), server.connections.at(there)];
    const address = a.family === 4 ? b.address1 : client.addresses.rowOf(server.addresses, b.address1);
    return a.family === b.family && a.address1 === address && a.port1 === b.port1;
  };
}

/** Which connections without a partner were not seen from their beginning. */
function midStream({ connections }: FlowLog, isFree: (row: number) => boolean): boolean[] {
  return Array.from(
    { length: connections.length },
    (_, row) => (connections.at(row).flags & MID_STREAM) !== 0 && isFree(row),
  );
}

/** One number is keyed by the side that it belongs to: the later of two rows is the second side's. */
function keyed(log: FlowLog, count: 1 | 2, numbersOf: (row: number) => Numbers | null): Keyed {
  return {
    length: log.connections.length * (count === 2 ? 1 : 2),
    key(at, key) {
      const row = count === 2 ? at : at >>> 1;
      const numbers = numbersOf(row);
      if (numbers === null) return false;
      const [opener, callee] = numbers;
      if (count === 2) {
        if (opener === null || callee === null) return false;
        key[0] = opener;
        key[1] = callee;
        key[2] = 0;
        return true;
      }
      const side = at & 1;
      const number = numbers[side];
      if (number === null) return false;
      key[0] = number;
      key[1] = log.connections.at(row).port0;
      key[2] = ONE_NUMBER | side;
      return true;
    },
  };
}

/** By the first segment that was kept: its own number, and the one that it acknowledges. */
function numbersAtBeginning(log: FlowLog, row: number): Numbers {
  let first = -1;
  for (const kept of keptRows(log, row)) first = kept;
  if (first < 0) return [null, null];
  const { seq, ack, flags, length, meta } = log.segments.at(first);
  const isProbe = length <= 1 && (flags & (SYN | FIN | RST | ACK)) === ACK;
  const own = isProbe ? null : seq;
  const other = (flags & ACK) === 0 ? null : ack;
  return (meta & SEEN_SIDE) === 0 ? [own, other] : [other, own];
}

/** What each side had come to when the capture saw the last of it without RST. */
function numbersAtEnd(log: FlowLog, row: number): Numbers {
  const { detail } = log.connections.at(row);
  if (detail < 0) return [null, null];
  const numberOf = (side: 0 | 1) => {
    const { segments, nextSeq } = log.details.at(detail + side);
    return segments > 0 ? nextSeq : null;
  };
  return [numberOf(0), numberOf(1)];
}
