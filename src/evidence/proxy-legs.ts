import { CALLED_CLOSED_FIRST, CLOSED_BY_FIN, MID_STREAM, RESET_SEEN } from '../flow/connection-flags.js';
import { endpointKey } from '../flow/endpoint-set.js';
import { handshakeTrip } from '../flow/handshake-trip.js';
import { type End, onCommonClock, type Pairing } from '../pair/path.js';
import { firstAbove } from './sorted.js';

/** Connections that are looked at in one stretch of time; more say nothing new. */
const MOST_LOOKED_AT = 1024;

/** A round trip that took longer than this, in nanoseconds, waited for something else. */
const FARTHEST = 0.3e9;

/** How a leg was closed first: by the end that it leads to, or by the proxy. */
export type ClosedBy = 'end by RST' | 'end by FIN' | 'proxy';

/** When and how a connection was closed. */
export interface Closing {
  /** On the client's time line, in nanoseconds; infinite for one that was still open when its capture ended. */
  readonly ended: number;
  /** Null where that does not show, and for a call that was refused: what a proxy does then is its own choice. */
  readonly by: ClosedBy | null;
}

/** One of the two connections that a proxy has where one passes it, as far as anybody knows. Times on the client's time line, in nanoseconds. */
export interface Leg extends Closing {
  readonly row: number;
  readonly began: number;
  /** Who was called, as a number; see `endpointKey`. */
  readonly service: number;
  /** Times alone gave it a partner. */
  readonly isTaken: boolean;
  /** Its other leg is known, by more than times. */
  readonly isSettled: boolean;
  /** It began before the capture did. */
  readonly isJoined: boolean;
  /** Closed by both: when it began to be is not known. */
  readonly isOrderly: boolean;
  /** Round trip from the client's vantage to the proxy, by its handshake; 0 where that does not show. */
  readonly trip: number;
}

/** The connections of one vantage that a proxy ends, as far as anybody knows, in the order of their ends. */
export class ProxyLegs {
  /** How many there are of each service whose other leg is not known. */
  readonly services = new Map<number, number>();
  /** Share of all of them to which times alone gave a partner. */
  readonly taken: number;
  /** From the client's vantage to the proxy and back, at most. */
  readonly longestTrip: number;
  readonly #legs: readonly Leg[];
  readonly #ends: Float64Array;

  /** @param resets how connections with a RST were closed, by their rows */
  constructor(
    private readonly pairing: Pairing,
    private readonly end: End,
    private readonly resets: ReadonlyMap<number, Closing>,
  ) {
    this.#legs = [...this.#found()].sort((a, b) => a.ended - b.ended);
    this.#ends = Float64Array.from(this.#legs, ({ ended }) => ended);
    for (const { service, isSettled } of this.#legs)
      if (!isSettled) this.services.set(service, (this.services.get(service) ?? 0) + 1);
    this.longestTrip = Math.min(
      FARTHEST,
      this.#legs.reduce((longest, { trip }) => Math.max(longest, trip), 0),
    );
    this.taken = this.#legs.filter(({ isTaken }) => isTaken).length / Math.max(1, this.count);
  }

  get count(): number {
    return this.#legs.length;
  }

  /** How many ended between two times. */
  countBetween(from: number, to: number): number {
    return firstAbove(this.#ends, to, true) - firstAbove(this.#ends, from, false);
  }

  /** Those that ended between two times, but no more than can be looked at. */
  *between(from: number, to: number): Generator<Leg> {
    const first = firstAbove(this.#ends, from, false);
    const last = Math.min(firstAbove(this.#ends, to, true), first + MOST_LOOKED_AT);
    for (let at = first; at < last; at += 1) yield this.#legs[at] as Leg;
  }

  *#found(): Generator<Leg> {
    const { pairs } = this.pairing;
    for (const row of this.pairing.unpaired(this.end)) yield this.#leg(row, false, false);
    for (const pair of pairs) if (pair.proxied) yield this.#leg(pair[this.end], pair.weak, !pair.weak);
  }

  #leg(row: number, isTaken: boolean, isPaired: boolean): Leg {
    const { log } = this.pairing[this.end] as NonNullable<Pairing[End]>;
    const connection = log.connections.at(row);
    const { firstTime, lastTime, flags, detail } = connection;
    const fins = detail < 0 ? [] : [log.details.at(detail).finTime, log.details.at(detail + 1).finTime];
    const isOver = (flags & CLOSED_BY_FIN) !== 0;
    const ended = this.#onClock(isOver && fins.length > 0 ? Math.min(...fins) : lastTime);
    const reset = this.resets.get(row);
    const open = { ended: (flags & RESET_SEEN) === 0 ? Number.POSITIVE_INFINITY : ended, by: null };
    const closing = reset ?? (isOver ? { ended, by: finishedBy(this.end, flags) } : open);
    return {
      ...closing,
      row,
      isTaken,
      // What carries the requests of known clients is their leg.
      isSettled: isPaired || this.pairing.requests?.carriesAny(this.end, row) === true,
      began: this.#onClock(firstTime),
      service: endpointKey(log, row, 1),
      isJoined: (flags & MID_STREAM) !== 0,
      isOrderly: reset === undefined && isOver && fins.length === 0,
      trip: this.end === 'client' ? (handshakeTrip(connection) ?? 0) : 0,
    };
  }

  #onClock(time: number): number {
    return onCommonClock(this.pairing, this.end, time);
  }
}

/** Who sent the first FIN of a connection that both closed. */
function finishedBy(end: End, flags: number): ClosedBy {
  const calledFirst = (flags & CALLED_CLOSED_FIRST) !== 0;
  return calledFirst === (end === 'server') ? 'end by FIN' : 'proxy';
}
