import type { Connection, SeenSegment } from '../flow/connection.js';
import { citedFrame, type VantageRecord } from '../flow/vantage-record.js';
import { type Pairing, type Path, pairVantages } from '../pair/path.js';
import type { EvidenceLine, FrameRef } from '../result.js';
import { RST } from '../wire/tcp-flags.js';

const SECOND = 1e9;
/** A RST is at every vantage that it passes within this. */
const LONGEST_TRANSIT = 3 * SECOND;

/** A RST as the two ends of its path saw it: what it is recognised by at the points in between. */
export interface SoughtReset {
  /** Side of the connection in whose name it was sent. */
  readonly from: 0 | 1;
  readonly seq: number;
  /** On the client's time line, in nanoseconds. */
  readonly time: number;
}

/** What one vantage shows of a connection and of one RST. */
interface Point {
  readonly vantage: string;
  readonly frame: FrameRef | null;
}

/**
 * More than two vantages of one path, from the client's to the server's: between which two of them a RST was born.
 * Neighbours are paired like the two ends are.
 */
export class VantageLine {
  /** One less than there are vantages. */
  readonly #pairings: readonly Pairing[];

  /** @param records at least two, in the order in which a packet of the client passes them */
  constructor(private readonly records: readonly VantageRecord[]) {
    this.#pairings = records.slice(1).map((next, i) => pairVantages(records[i], next));
  }

  /** Which vantages show a RST, and where it was made; null where that says no more than the two ends do. */
  birthOf(path: Path, reset: SoughtReset): EvidenceLine | null {
    const points = this.#points(path, reset);
    if (reset.from === 1) points.reverse();
    const first = points.findIndex(({ frame }) => frame !== null);
    if (first < 1 || this.#areEnds(points[first - 1], points[first])) return null;
    const names = (of: readonly Point[]) => of.map(({ vantage }) => vantage).join(', ');
    const seen = points.filter(({ frame }) => frame !== null);
    const missing = points.slice(0, first);
    const made = `between ${points[first - 1].vantage} and ${points[first].vantage}`;
    return {
      id: 'birthplace',
      effect: 'neutral',
      weight: 0,
      text: `the RST was captured at ${names(seen)} and not at ${names(missing)}: it was made ${made}, if ${points[first - 1].vantage} lost no packet`,
      frames: seen.flatMap(({ frame }) => frame ?? []),
    };
  }

  #areEnds(one: Point, other: Point): boolean {
    const ends = [this.records[0], this.records[this.records.length - 1]].map(({ vantage }) => vantage);
    return ends.includes(one.vantage) && ends.includes(other.vantage);
  }

  /**
   * The vantages that know the connection, as one TCP connection: through a proxy it is another one. One that lacks the
   * RST counts only if its capture was running then.
   */
  #points(path: Path, reset: SoughtReset): Point[] {
    return this.#connections(path).flatMap((connection, i): Point[] => {
      if (connection === null) return [];
      const segment = connection.segments.find((one) => this.#isSame(one, i, reset));
      const { vantage } = this.records[i];
      if (segment !== undefined)
        return [{ vantage, frame: { vantage, ...citedFrame(this.records[i], segment.frame) } }];
      return this.#wasRunning(i, reset.time) ? [{ vantage, frame: null }] : [];
    });
  }

  #wasRunning(at: number, time: number): boolean {
    const [from, to] = this.records[at].covered.map((bound) => this.#toClient(bound, at));
    return from !== null && to !== null && from <= time && time <= to;
  }

  #isSame(segment: SeenSegment, at: number, reset: SoughtReset): boolean {
    if ((segment.flags & RST) === 0 || segment.from !== reset.from || segment.seq !== reset.seq) return false;
    const time = this.#toClient(segment.time, at);
    return time === null || Math.abs(time - reset.time) <= LONGEST_TRANSIT;
  }

  /** A time of one vantage on the client's time line; null where the clocks between are not known. */
  #toClient(time: number, at: number): number | null {
    let there = time;
    for (let i = at - 1; i >= 0; i -= 1) {
      const { clock } = this.#pairings[i];
      if (clock === null) return null;
      there = clock.toClient(there);
    }
    return there;
  }

  /** The connection at each vantage, followed from the end that knows it; null where it is not, or is a proxy's other leg. */
  #connections({ client, server }: Path): (Connection | null)[] {
    const found: (Connection | null)[] = this.records.map(() => null);
    if (client !== null) {
      found[0] = client;
      for (let i = 0; i < this.#pairings.length && found[i] !== null; i += 1)
        found[i + 1] = this.#next(i, 'client', (found[i] as Connection).row);
    }
    const last = found.length - 1;
    if (server !== null && found[last] === null) {
      found[last] = server;
      for (let i = last; i > 0 && found[i] !== null && found[i - 1] === null; i -= 1)
        found[i - 1] = this.#next(i - 1, 'server', (found[i] as Connection).row);
    }
    return found;
  }

  /** The connection on the other side of one pair of neighbours. */
  #next(pairing: number, from: 'client' | 'server', row: number): Connection | null {
    const here = this.#pairings[pairing];
    const partner = here.pairs.partnerOf(from, row);
    if (partner < 0) return null;
    const path = from === 'client' ? here.path(row, partner, null) : here.path(partner, row, null);
    if (path.mode === 'proxy') return null;
    return from === 'client' ? path.server : path.client;
  }
}
