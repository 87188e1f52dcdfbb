import { CALLED_CLOSED_FIRST, CLOSED_BY_FIN, MID_STREAM, RESET_SEEN } from '../flow/connection-flags.js';
import { handshakeTrip } from '../flow/handshake-trip.js';
import type { End, Pairing, Path } from '../pair/path.js';
import { finOf } from './detectors/close.js';
import { refusesSyn } from './happenings.js';
import { areBothLegsKnown } from './proxy.js';
import { Routes } from './routes.js';
import type { Scene } from './scene.js';
import { firstAbove } from './sorted.js';

const SECOND = 1e9;
/** Clocks that agree less well than this cannot tell what came of what. */
const CLOSE_CLOCKS = 0.25 * SECOND;
/** A proxy closes one leg for what happened on the other one within this. */
const PASSED_ON = 0.005 * SECOND;
/** Most often much sooner: nanoseconds, the mean. */
const USUAL_DELAY = 0.002 * SECOND;
/** What the end of an orderly close says of when it began, against the moment of a RST. */
const ORDERLY = 0.5;
/** An orderly close is over only when both sides have acknowledged it, some round trips later. */
const CLOSES_WITHIN = 0.05 * SECOND;
/** How likely the other leg is one to which times gave another partner, against one to which they gave none. */
const TAKEN = 0.2;
/** How often connections end at large shows in this much time before and after. */
const AT_LARGE = 5 * SECOND;
/** How likely it is that a leg has another one and that it was captured, before anything is known of it. */
const CAPTURED = 0.7;
/** A proxy that closes one leg closes the other one within this, or has lost it before. */
const CLOSED_TOGETHER = 1 * SECOND;
/** A proxy calls the backend so soon after its client has called, or asked for something. */
const CALLED_WITHIN = 1 * SECOND;
/** A capture file says when its last frame was, not when the capture stopped: so much later is still its end. */
const END_SLACK = 0.5 * SECOND;
/** Nor when it began: hardly in the very moment between a call and what came of it. */
const BEGIN_SLACK = 0.05 * SECOND;
/** Connections that are looked at; among so many, one may well be the other leg. */
const MOST_LOOKED_AT = 4096;
/** A leg that said nothing cannot be recognised. */
const DOUBTFUL = 0.4;

/** How a leg was closed first: by the end that it leads to, or by the proxy. */
export type ClosedBy = 'end by RST' | 'end by FIN' | 'proxy';

/** A connection of which nothing tells the partner. Times on the client's time line, in nanoseconds. */
interface Leg {
  readonly row: number;
  readonly began: number;
  /** Times alone gave it a partner. */
  readonly isTaken: boolean;
  /** It began before the capture did. */
  readonly isJoined: boolean;
  /** Infinite for one that was still open when its capture ended. */
  readonly ended: number;
  /** Null where that does not show, and for a call that was refused: what a proxy does then is its own choice. */
  readonly by: ClosedBy | null;
  /** Closed by both: when it began to be is not known. */
  readonly isOrderly: boolean;
  /** Round trip from the client's vantage to the proxy, by its handshake; 0 where that does not show. */
  readonly trip: number;
}

/** How the connections that can be the other leg of one were closed when this one was. */
export interface ClosedThen {
  readonly counts: Readonly<Record<ClosedBy, number>>;
  /** Trust in that the other leg is one of these, 0 to 1: the nearer in time, the likelier. */
  readonly trust: Readonly<Record<ClosedBy, number>>;
}

/**
 * What the other vantage shows that can be the other leg of a connection which nothing pairs. Among many that are alike
 * the right one cannot be told; what became of all of them can.
 */
export class OtherLegs {
  readonly #routes: Routes;
  /** How connections with a RST were closed, by their rows. */
  readonly #resets: Record<End, Map<number, Pick<Leg, 'ended' | 'by'>>> = {
    client: new Map(),
    server: new Map(),
  };
  readonly #legs: Partial<Record<End, { inOrder: readonly Leg[]; ends: Float64Array }>> = {};

  constructor(private readonly pairing: Pairing) {
    this.#routes = new Routes(pairing);
  }

  /** Takes the first reset of a connection into account; before the first question is asked. */
  add(scene: Scene): void {
    const { path, beyond, seenAt, sender, reset } = scene;
    const row = path[seenAt]?.row;
    if (row === undefined || areBothLegsKnown(path, beyond) || this.#resets[seenAt].has(row)) return;
    const far = seenAt === 'client' ? 0 : 1;
    const fins = path[seenAt]?.sides?.map(({ finFrame, finTime }) =>
      finFrame === null ? Infinity : finTime,
    );
    const [ofEnd, ofProxy] = [fins?.[far] ?? Infinity, fins?.[1 - far] ?? Infinity];
    const time = reset[seenAt]?.time ?? Infinity;
    const first = Math.min(ofEnd, ofProxy, time);
    const byReset = refusesSyn(scene) ? null : sender === far ? 'end by RST' : 'proxy';
    const by = first === time ? byReset : first === ofEnd ? 'end by FIN' : 'proxy';
    this.#resets[seenAt].set(row, { ended: this.#onClock(seenAt, first), by });
  }

  /** How those that can be the other leg were closed when this one was; null where the clocks cannot tell, or both are known. */
  closedWith(scene: Scene): ClosedThen | null {
    const { reset, sender, uncertainty, path } = scene;
    const isAlone = path.client === null || path.server === null;
    if (this.pairing.clock === null || uncertainty > CLOSE_CLOCKS || !isAlone || this.#allForwarded)
      return null;
    const { time } = finOf(scene, sender) ?? reset;
    const slack = 2 * uncertainty;
    const ownTrip = path.client?.handshakeTrip ?? 0;
    const partner = this.#partnerOf(path);
    const shares = { 'end by RST': 0, 'end by FIN': 0, proxy: 0 };
    const counts = { ...shares };
    let elsewhen = 0;
    for (const leg of this.#couldBe(path, time - AT_LARGE, time + AT_LARGE)) {
      if (leg.by === null) continue;
      const weight = leg.isTaken && leg.row !== partner ? TAKEN : 1;
      const likelihood = weight * closedFor(leg, time, slack + Math.max(ownTrip, leg.trip));
      shares[leg.by] += likelihood;
      if (likelihood > 0) counts[leg.by] += 1;
      else elsewhen += weight;
    }
    const all = shares['end by RST'] + shares['end by FIN'] + shares.proxy;
    const byChance = 1 - Math.exp((-elsewhen * (slack + ownTrip + PASSED_ON)) / AT_LARGE);
    const trust = CAPTURED / (CAPTURED + (1 - CAPTURED) * byChance);
    const share = (by: ClosedBy) => (all === 0 ? 0 : (trust * shares[by]) / all);
    return {
      counts,
      trust: { 'end by RST': share('end by RST'), 'end by FIN': share('end by FIN'), proxy: share('proxy') },
    };
  }

  /** Trust in that a leg which nothing pairs had no other one when it ended. */
  trustInNone(path: Path, time: number): number {
    const [near, far] =
      path.client === null ? (['server', 'client'] as const) : (['client', 'server'] as const);
    const record = this.pairing[far];
    if (record === null) return DOUBTFUL;
    const own = path[near];
    const began = this.#onClock(near, own?.firstTime ?? time);
    const [from, to] = record.covered.map((at) => this.#onClock(far, at)) as [number, number];
    const asked = this.#onClock(near, Math.max(own?.firstTime ?? 0, own?.sides?.[0].lastDataTime ?? 0));
    // What a proxy calls for a client it calls at once: the rest of the leg's life need not be covered to show that.
    const isCovered = time <= to + END_SLACK || (far === 'server' && asked + CALLED_WITHIN <= to);
    if (began < from - BEGIN_SLACK || !isCovered) return DOUBTFUL;
    for (const _ of this.#couldBe(path, time - CLOSED_TOGETHER, Infinity)) return DOUBTFUL;
    return 1;
  }

  /** What ended between two times and can be the other leg: a proxy calls the backend for a client that has called it. */
  *#couldBe(path: Path, from: number, to: number): Generator<Leg> {
    const [near, far] =
      path.client === null ? (['server', 'client'] as const) : (['client', 'server'] as const);
    const own = path[near];
    const slack = 2 * (this.pairing.clock?.uncertainty ?? Infinity);
    this.#legs[far] ??= this.#inOrder(far);
    const { inOrder, ends } = this.#legs[far];
    const began = this.#onClock(near, own?.firstTime ?? 0);
    const first = firstAbove(ends, from, false);
    const last = Math.min(firstAbove(ends, to, true), first + MOST_LOOKED_AT);
    for (let at = first; at < last; at += 1) {
      const leg = inOrder[at] as Leg;
      const order = far === 'server' ? leg.began - began : began - leg.began;
      const rows =
        far === 'server'
          ? { client: own?.row ?? 0, server: leg.row }
          : { client: leg.row, server: own?.row ?? 0 };
      const couldBegin = order >= -slack || leg.isJoined || own?.midStream === true;
      if (couldBegin && this.#routes.couldBe(rows)) yield leg;
    }
  }

  #inOrder(end: End): { inOrder: readonly Leg[]; ends: Float64Array } {
    const inOrder = [...this.#unpaired(end)].sort((a, b) => a.ended - b.ended);
    return { inOrder, ends: Float64Array.from(inOrder, ({ ended }) => ended) };
  }

  *#unpaired(end: End): Generator<Leg> {
    const log = this.pairing[end]?.log;
    if (log === undefined) return;
    for (const row of this.#uncertain(end)) {
      // What carries the requests of known clients is their leg.
      if (this.pairing.requests?.carriesAny(end, row) === true) continue;
      const connection = log.connections.at(row);
      const { firstTime, lastTime, flags, detail } = connection;
      const fins = detail < 0 ? [] : [log.details.at(detail).finTime, log.details.at(detail + 1).finTime];
      const isOver = (flags & CLOSED_BY_FIN) !== 0;
      const leg = {
        row,
        isTaken: this.pairing.pairs.partnerOf(end, row) >= 0,
        began: this.#onClock(end, firstTime),
        isJoined: (flags & MID_STREAM) !== 0,
        ended: this.#onClock(end, isOver && fins.length > 0 ? Math.min(...fins) : lastTime),
        isOrderly: isOver && fins.length === 0,
        trip: end === 'client' ? (handshakeTrip(connection) ?? 0) : 0,
      };
      const reset = this.#resets[end].get(row);
      if (reset !== undefined) yield { ...leg, ...reset, isOrderly: false };
      else if (isOver) yield { ...leg, by: finishedBy(end, flags) };
      else yield { ...leg, ended: (flags & RESET_SEEN) === 0 ? Infinity : leg.ended, by: null };
    }
  }

  /** The box in between forwards connections, and nothing shows that it ends any. */
  get #allForwarded(): boolean {
    const { pairs, requests } = this.pairing;
    return pairs.forwarded > 0 && pairs.length === pairs.forwarded && (requests?.pairs.length ?? 0) === 0;
  }

  /** The row of the leg that times alone gave this one; -1 where none was. */
  #partnerOf(path: Path): number {
    const [near, row] =
      path.client === null ? (['server', path.server?.row] as const) : (['client', path.client.row] as const);
    return row === undefined ? -1 : this.pairing.pairs.partnerOf(near, row);
  }

  /** Connections without a partner, and those that only times gave one. */
  *#uncertain(end: End): Generator<number> {
    yield* this.pairing.unpaired(end);
    for (const pair of this.pairing.pairs) if (pair.weak) yield pair[end];
  }

  #onClock(end: End, time: number): number {
    const { clock } = this.pairing;
    return end === 'server' && clock !== null ? clock.toClient(time) : time;
  }
}

/** How well the close of a leg fits that the proxy closed another one at `time` for it, or both at once: 0 to 1. */
function closedFor({ ended, by, isOrderly }: Leg, time: number, slack: number): number {
  const later = ended - time;
  if (isOrderly) return later >= -slack - PASSED_ON && later <= slack + CLOSES_WITHIN ? ORDERLY : 0;
  // What an end does after the proxy is no cause of it.
  if (later > slack + (by === 'proxy' ? PASSED_ON : 0) || later < -slack - PASSED_ON) return 0;
  return Math.exp(-Math.max(0, Math.abs(later) - slack) / USUAL_DELAY);
}

/** Who sent the first FIN of a connection that both closed. */
function finishedBy(end: End, flags: number): ClosedBy {
  const calledFirst = (flags & CALLED_CLOSED_FIRST) !== 0;
  return calledFirst === (end === 'server') ? 'end by FIN' : 'proxy';
}
