import { MID_STREAM, SEEN_SIDE } from '../../flow/connection-flags.js';
import { calledEndpoints } from '../../flow/connection-reader.js';
import type { FlowLog } from '../../flow/log.js';
import { ACK, FIN, RST, SYN } from '../../wire/tcp-flags.js';
import { keptRows } from '../agreement.js';
import type { PairingMethod } from '../method.js';
import { joinUnique, type Keyed } from '../unique-join.js';

/** The next sequence number of each side, where it is known. */
type Numbers = readonly [number | null, number | null];

interface Numbered {
  readonly row: number;
  readonly numbers: Numbers;
}

/**
 * Pairs a connection of which one capture began too late to show more than its end, perhaps a RST alone, with one of
 * the other vantage that had come to just these numbers: both sides' (64 bits), or for a RST without ACK its own (32 bits)
 * and the client's port, which DNAT keeps and SNAT prefers to keep. What an end sent that never arrived continues its
 * numbers as well.
 */
export const continuation: PairingMethod = {
  name: 'continuation',
  find({ client: { log: client }, server: { log: server }, pairs }, pair) {
    const left = { client: [...pairs.unpaired('client')], server: [...pairs.unpaired('server')] };
    const begun = {
      client: numbered(client, left.client.filter(isMidStream(client)), numbersAtBeginning),
      server: numbered(server, left.server.filter(isMidStream(server)), numbersAtBeginning),
    };
    if (begun.client.length + begun.server.length === 0) return;
    const ended = {
      client: numbered(client, left.client, numbersAtEnd),
      server: numbered(server, left.server, numbersAtEnd),
    };
    const isFree = {
      client: ({ row }: Numbered) => pairs.partnerOf('client', row) < 0,
      server: ({ row }: Numbered) => pairs.partnerOf('server', row) < 0,
    };
    const isStray = untranslated(client, server);
    for (const keyed of [byBoth, byOne]) {
      const join = (a: readonly Numbered[], b: readonly Numbered[]) => {
        const [ours, theirs] = [keyed(client, a), keyed(server, b)];
        joinUnique(ours, theirs, (one, other) => {
          const [here, there] = [ours.of(one), theirs.of(other)];
          if (isFree.client(here) && isFree.server(there) && !isStray(here.row, there.row))
            pair(here.row, there.row);
        });
      };
      join(begun.client, ended.server.filter(isFree.server));
      join(ended.client.filter(isFree.client), begun.server);
      join(begun.client, begun.server);
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

function isMidStream({ connections }: FlowLog): (row: number) => boolean {
  return (row) => (connections.at(row).flags & MID_STREAM) !== 0;
}

/** The connections of which any number is known. */
function numbered(
  log: FlowLog,
  rows: readonly number[],
  numbersOf: (log: FlowLog, row: number) => Numbers,
): Numbered[] {
  return rows
    .map((row) => ({ row, numbers: numbersOf(log, row) }))
    .filter(({ numbers }) => numbers.some((number) => number !== null));
}

interface KeyedNumbers extends Keyed {
  /** Whose key the one of this index is. */
  of(index: number): Numbered;
}

function byBoth(_: FlowLog, all: readonly Numbered[]): KeyedNumbers {
  return {
    length: all.length,
    of: (index) => all[index],
    key(index, key) {
      const [opener, callee] = all[index].numbers;
      if (opener === null || callee === null) return false;
      key[0] = opener;
      key[1] = callee;
      return true;
    },
  };
}

/** One number is keyed by the side that it belongs to: the later of two keys of a connection is the second side's. */
function byOne({ connections }: FlowLog, all: readonly Numbered[]): KeyedNumbers {
  return {
    length: 2 * all.length,
    of: (index) => all[index >>> 1],
    key(index, key) {
      const { row, numbers } = all[index >>> 1];
      const side = index & 1;
      const number = numbers[side];
      if (number === null) return false;
      key[0] = number;
      key[1] = connections.at(row).port0;
      key[2] = side;
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
