import type { Connection, SeenSegment } from '../flow/connection.js';
import { CLOSED_BY_FIN } from '../flow/connection-flags.js';
import type { ConnectionReader } from '../flow/connection-reader.js';
import type { FlowLog } from '../flow/log.js';
import type { Endpoint } from '../result.js';
import { seqAdd } from '../wire/seq.js';
import { ACK, RST, SYN } from '../wire/tcp-flags.js';
import type { Pairs } from './pairs.js';

/** Rows at the server's vantage of two connections that were folded into one: the box in between gave both the same ends. */
export interface Fold {
  readonly before: number;
  readonly after: number;
}

/** A segment as each vantage shows it; null where it was not kept. */
export interface SeenThere {
  readonly client: SeenSegment | null;
  readonly server: SeenSegment | null;
}

/** What a fold is to one of its two connections. */
export interface FoldedWith {
  /** The connection at hand is the later one, which met what the earlier one had left. */
  readonly isLater: boolean;
  /** Ends of the other one at the client's vantage. */
  readonly other: readonly [Endpoint, Endpoint];
  /** The SYN with foreign numbers, and when the client's vantage saw it, in nanoseconds. */
  readonly syn: SeenThere;
  readonly time: number;
  /** What the backend answered it with, in the numbers of the earlier connection; nulls where it answered otherwise. */
  readonly answer: SeenThere;
}

interface Vantage {
  readonly log: FlowLog;
  readonly reader: ConnectionReader;
}

const NOWHERE: SeenThere = { client: null, server: null };

/**
 * Connections of different ends at the client's vantage that share their ends at the server's, at one time: the box in
 * between lost the state of one that lived on, or two of its nodes chose the same port. A port that its own client uses
 * again is none, nor is one whose earlier connection nobody used any more: either the backend has to answer for that
 * one, or its client has to go on with it.
 */
export class Folds {
  readonly #ofRow = new Map<number, readonly Fold[]>();

  constructor(
    private readonly pairs: Pairs,
    private readonly client: Vantage,
    private readonly server: Vantage,
  ) {
    const { takeovers } = server.log;
    for (const row of takeovers.rows()) {
      const { before, after } = takeovers.at(row);
      if (!this.#isFold(before, after)) continue;
      const fold = { before, after };
      for (const one of [before, after]) this.#ofRow.set(one, [...(this.#ofRow.get(one) ?? []), fold]);
    }
  }

  /** Every fold, in the order of the later connections. */
  get all(): readonly Fold[] {
    return [...new Set([...this.#ofRow.values()].flat())].sort((a, b) => a.after - b.after);
  }

  /** What a connection, by its row at the server's vantage, was folded with. */
  of(row: number): FoldedWith[] {
    return (this.#ofRow.get(row) ?? []).map((fold) => this.#told(fold, row));
  }

  #isFold(before: number, after: number): boolean {
    const [one, other] = [before, after].map((row) => this.pairs.partnerOf('server', row));
    if (one < 0 || other < 0) return false;
    if (this.pairs.isProxied('server', before) || this.pairs.isProxied('server', after)) return false;
    if (this.#callsAs(one) === this.#callsAs(other)) return false;
    return this.#wentOn(one, other) || answerForAnother(this.server.reader.read(after)) !== null;
  }

  /** The ends of a connection at the client's vantage, to compare. */
  #callsAs(row: number): string {
    return ([0, 1] as const)
      .map((side) => this.client.reader.endpoint(row, side))
      .map(({ ip, port }) => `${ip} ${port}`)
      .join(' ');
  }

  /** Whether the client's vantage shows a connection in use after another one had begun. */
  #wentOn(row: number, other: number): boolean {
    const { connections } = this.client.log;
    const { lastTime, flags } = connections.at(row);
    return (flags & CLOSED_BY_FIN) === 0 && lastTime > connections.at(other).firstTime;
  }

  #told({ before, after }: Fold, row: number): FoldedWith {
    const isLater = row === after;
    const there = this.server.reader.read(after, this.pairs.shiftOf(after));
    const here = this.client.reader.read(this.pairs.partnerOf('server', after));
    const other = this.client.reader.read(this.pairs.partnerOf('server', isLater ? before : after));
    const answer = answerForAnother(there);
    const seen = (segment: SeenSegment | null): SeenThere =>
      segment === null ? NOWHERE : { client: asItWas(alike(here, segment), here), server: segment };
    return {
      isLater,
      other: other.endpoints,
      syn: seen(there.segments.find(({ frame }) => frame === there.firstFrame) ?? null),
      time: here.firstTime,
      answer: seen(answer),
    };
  }
}

/** An acknowledgement, where a SYN should have been answered: of other numbers (RFC 9293, 3.5.2 and 3.10.7.4). */
function answerForAnother({ segments, isns, firstFrame }: Connection): SeenSegment | null {
  const [first] = segments;
  const answer = segments.find(({ from }) => from === 1);
  if (first?.frame !== firstFrame || answer === undefined || isns[0] === null) return null;
  const isBare = (answer.flags & (SYN | RST | ACK)) === ACK;
  return isBare && answer.ack !== seqAdd(isns[0], 1) ? answer : null;
}

/** The first segment of the other vantage that could be the same. */
function alike({ segments }: Connection, { from, seq, ack, flags, length }: SeenSegment): SeenSegment | null {
  const same = segments.find(
    (one) =>
      one.from === from && one.seq === seq && one.ack === ack && one.flags === flags && one.length === length,
  );
  return same ?? null;
}

/** A segment that is told as another connection's keeps the addresses it had. */
function asItWas(segment: SeenSegment | null, { endpoints }: Connection): SeenSegment | null {
  return segment === null ? null : { ...segment, tuple: endpoints };
}
