import { CLOSED_BY_FIN, SYN_ACK_SEEN, SYN_SEEN } from '../flow/connection-flags.js';
import type { FlowLog } from '../flow/log.js';
import type { End, Path } from '../pair/path.js';
import { seqDiff } from '../wire/seq.js';
import { ACK } from '../wire/tcp-flags.js';
import { bytesSeenAt, endOf, endOfSequence, isReset, type Packet } from './timeline.js';

const ENDS: readonly End[] = ['client', 'server'];

/** Share of segments, by end. */
export type Loss = Readonly<Record<End, number>>;

/** What both captures lose counts for each as much as so many segments: a few of its own tell little of its share. */
const SHOWN_BY = 10;

/** Segments of each kind that must have passed. */
interface Passed {
  missing: number;
  seen: number;
}

/** Counts the segments that each capture failed to record although they must have passed it. */
export class LossTally {
  readonly #passed: Record<End, Passed> = {
    client: { missing: 0, seen: 0 },
    server: { missing: 0, seen: 0 },
  };
  /** Something else than mere acknowledgements is missing, which boxes in between make, and swallow. */
  #isCertain = false;

  /**
   * Counts SYNs and SYN-ACKs of connections that a capture saw open and close, in both directions: where it has one of
   * the two, the other passed as well.
   */
  addHandshakes(end: End, { connections }: FlowLog): void {
    for (let row = 0; row < connections.length; row += 1) {
      const { flags } = connections.at(row);
      if ((flags & (SYN_ACK_SEEN | CLOSED_BY_FIN)) === (SYN_ACK_SEEN | CLOSED_BY_FIN))
        this.#count(end, (flags & SYN_SEEN) !== 0, true);
      if ((flags & (SYN_SEEN | CLOSED_BY_FIN)) === (SYN_SEEN | CLOSED_BY_FIN))
        this.#count(end, (flags & SYN_ACK_SEEN) !== 0, true);
    }
  }

  /**
   * Takes a path's segments into account: those that arrived at the other vantage, and those that left there and were
   * acknowledged.
   * @param ended when a capture ended
   */
  add(path: Path, timeline: readonly Packet[], ended: Readonly<Record<End, number>>): void {
    if (path.client === null || path.server === null || !isWhole(path) || path.folded.length > 0) return;
    for (const end of ENDS) {
      for (const packet of passing(end, timeline)) {
        if (packet.time > ended[end]) continue;
        const recorded = packet[end] !== null || bytesSeenAt(end, packet, timeline);
        this.#count(end, recorded, endOfSequence(packet) !== packet.seq);
      }
    }
  }

  /** Share of segments that each capture lost; 0 where none is known to be missing at either. */
  get loss(): Loss {
    if (!this.#isCertain) return { client: 0, server: 0 };
    const { client, server } = this.#passed;
    const missing = client.missing + server.missing;
    const ofBoth = missing / (missing + client.seen + server.seen);
    const share = (of: Passed) => (of.missing + SHOWN_BY * ofBoth) / (of.missing + of.seen + SHOWN_BY);
    return { client: share(client), server: share(server) };
  }

  #count(end: End, recorded: boolean, isCertain: boolean): void {
    this.#passed[end][recorded ? 'seen' : 'missing'] += 1;
    if (!recorded && isCertain) this.#isCertain = true;
  }
}

/** What a box that answers SYNs in the backend's place sends by itself is missing at neither vantage. */
function isWhole({ client, server }: Path): boolean {
  return [client, server].every((one) => one !== null && (one.midStream || one.synAckSeen));
}

/** Segments that must have passed `end`, as far back as that capture's segments were kept. */
function passing(end: End, timeline: readonly Packet[]): Packet[] {
  const far: End = end === 'client' ? 'server' : 'client';
  const kept = ([0, 1] as const).map((side) =>
    timeline.find((one) => one.from === side && one[end] !== null),
  );
  const found: Packet[] = [];
  let acked: number | null = null;
  for (const packet of timeline.toReversed()) {
    if (isReset(packet)) continue;
    const isFromHere = endOf(packet.from) === end;
    if (isFromHere && (packet.flags & ACK) !== 0 && (acked === null || seqDiff(packet.ack, acked) > 0))
      acked = packet.ack;
    const isAcked = packet.length > 0 && acked !== null && seqDiff(acked, endOfSequence(packet)) >= 0;
    const arrived = packet[far] !== null && (isFromHere || isAcked);
    if (arrived && isAfter(packet, kept[packet.from])) found.push(packet);
  }
  return found;
}

/** By its numbers: what was on its way when the other was sent may arrive later. */
function isAfter(packet: Packet, first: Packet | undefined): boolean {
  return first !== undefined && seqDiff(packet.seq, first.seq) >= 0 && seqDiff(packet.ack, first.ack) >= 0;
}
