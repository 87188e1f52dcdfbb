import type { Connection } from '../flow/connection.js';
import { endpointKey } from '../flow/endpoint-set.js';
import { type End, onCommonClock, type Pairing, type Path } from '../pair/path.js';
import { FIN, RST } from '../wire/tcp-flags.js';
import { finOf } from './detectors/close.js';
import { refusesSyn } from './happenings.js';
import { areBothLegsKnown } from './proxy.js';
import { type ClosedBy, type Closing, type Leg, ProxyLegs } from './proxy-legs.js';
import { Routes } from './routes.js';
import type { Scene } from './scene.js';
import type { Packet } from './timeline.js';

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
/** A leg that said nothing cannot be recognised. */
const DOUBTFUL = 0.4;

/** How the connections that can be the other leg of one were closed when this one was. */
export interface ClosedThen {
  readonly counts: Readonly<Record<ClosedBy, number>>;
  /** Trust in that the other leg is one of these, 0 to 1: the nearer in time, the likelier. */
  readonly trust: Readonly<Record<ClosedBy, number>>;
  /** What closed the likeliest of them; null where it was not kept. */
  closing(by: ClosedBy): Packet | null;
}

/** A connection that only one vantage shows for certain, and the other vantage. */
interface Alone {
  readonly near: End;
  readonly far: End;
  readonly own: Connection;
  readonly service: number;
  readonly began: number;
}

/**
 * What the other vantage shows that can be the other leg of a connection which nothing pairs. Among many that are alike
 * the right one cannot be told; what became of all of them can.
 */
export class OtherLegs {
  readonly #routes: Routes;
  readonly #resets: Record<End, Map<number, Closing>> = { client: new Map(), server: new Map() };
  readonly #legs: Partial<Record<End, ProxyLegs>> = {};
  readonly #shares = new Map<string, number>();

  constructor(private readonly pairing: Pairing) {
    this.#routes = new Routes(pairing);
  }

  /** Takes the first reset of a connection into account; before the first question is asked. */
  add(scene: Scene): void {
    const { path, beyond, seenAt, sender, reset } = scene;
    const own = path[seenAt];
    if (own === null || areBothLegsKnown(path, beyond) || this.#resets[seenAt].has(own.row)) return;
    const far = seenAt === 'client' ? 0 : 1;
    const fins = [0, 1].map((side) => {
      const { finFrame = null, finTime = 0 } = own.sides?.[side] ?? {};
      return finFrame === null ? Number.POSITIVE_INFINITY : finTime;
    });
    const time = reset[seenAt]?.time ?? Number.POSITIVE_INFINITY;
    const first = Math.min(...fins, time);
    const byReset = refusesSyn(scene) ? null : sender === far ? 'end by RST' : 'proxy';
    const by = first === time ? byReset : first === fins[far] ? 'end by FIN' : 'proxy';
    this.#resets[seenAt].set(own.row, { ended: onCommonClock(this.pairing, seenAt, first), by });
  }

  /** How those that can be the other leg were closed when this one was; null where the clocks cannot tell, or both are known. */
  closedWith(scene: Scene): ClosedThen | null {
    const { reset, sender, uncertainty, path } = scene;
    const alone = this.#alone(path);
    const isTimed = this.pairing.clock !== null && uncertainty <= CLOSE_CLOCKS;
    if (alone === null || !isTimed || this.#allForwarded) return null;
    const { time } = finOf(scene, sender) ?? reset;
    const slack = 2 * uncertainty;
    const trip =
      alone.near === 'client' ? (alone.own.handshakeTrip ?? 0) : this.#legsAt(alone.far).longestTrip;
    const partner = this.pairing.pairs.partnerOf(alone.near, alone.own.row);
    const shares = { 'end by RST': 0, 'end by FIN': 0, proxy: 0 };
    const counts = { ...shares };
    const likeliest: Partial<Record<ClosedBy, { leg: Leg; likelihood: number }>> = {};
    const widest = slack + trip + PASSED_ON;
    for (const leg of this.#couldBe(alone, time - widest, time + widest + CLOSES_WITHIN)) {
      if (leg.by === null) continue;
      const weight = leg.isTaken && leg.row !== partner ? TAKEN : 1;
      const fits = closedFor(leg, time, slack + (alone.near === 'client' ? trip : leg.trip));
      const likelihood = weight * fits;
      shares[leg.by] += likelihood;
      if (likelihood > 0) counts[leg.by] += 1;
      if (likelihood > (likeliest[leg.by]?.likelihood ?? 0)) likeliest[leg.by] = { leg, likelihood };
    }
    const all = shares['end by RST'] + shares['end by FIN'] + shares.proxy;
    const atLarge = this.#endedAround(alone, time) - all;
    const byChance = 1 - Math.exp((-Math.max(0, atLarge) * (slack + PASSED_ON)) / AT_LARGE);
    const trust = CAPTURED / (CAPTURED + (1 - CAPTURED) * byChance);
    const share = (by: ClosedBy) => (all === 0 ? 0 : (trust * shares[by]) / all);
    return {
      counts,
      trust: { 'end by RST': share('end by RST'), 'end by FIN': share('end by FIN'), proxy: share('proxy') },
      closing: (by) => {
        const found = likeliest[by];
        return found === undefined ? null : this.#closingOf(alone.far, found.leg);
      },
    };
  }

  /** The first FIN or RST of a leg; null where none was kept. */
  #closingOf(end: End, { row, ended }: Leg): Packet | null {
    const [client, server] = end === 'client' ? [row, null] : [null, row];
    const segment = this.pairing
      .path(client, server, null)
      [end]?.segments.find(({ flags }) => (flags & (FIN | RST)) !== 0);
    if (segment === undefined) return null;
    const { from, seq, ack, flags, length } = segment;
    const seen = end === 'client' ? { client: segment, server: null } : { client: null, server: segment };
    return { from, seq, ack, flags, length, ...seen, time: ended };
  }

  /** Trust in that a leg which nothing pairs had no other one when it ended. */
  trustInNone(path: Path, time: number): number {
    const alone = this.#alone(path);
    const record = alone === null ? null : this.pairing[alone.far];
    if (alone === null || record === null) return DOUBTFUL;
    const { near, far, own, began } = alone;
    const [from, to] = record.covered.map((at) => onCommonClock(this.pairing, far, at)) as [number, number];
    const asked = onCommonClock(
      this.pairing,
      near,
      Math.max(own.firstTime, own.sides?.[0].lastDataTime ?? 0),
    );
    // What a proxy calls for a client it calls at once: the rest of the leg's life need not be covered to show that.
    const isCovered = time <= to + END_SLACK || (far === 'server' && asked + CALLED_WITHIN <= to);
    if (began < from - BEGIN_SLACK || !isCovered) return DOUBTFUL;
    for (const _ of this.#couldBe(alone, time - CLOSED_TOGETHER, Number.POSITIVE_INFINITY)) return DOUBTFUL;
    return 1;
  }

  /** Whether a proxy opened this leg for nobody: no connection was there whose client could have asked for it. */
  isOwnErrand(path: Path): boolean {
    const alone = this.#alone(path);
    const { client, clock } = this.pairing;
    if (alone?.near !== 'server' || client === null || clock === null || alone.own.midStream) return false;
    const [from, to] = client.covered;
    const { began } = alone;
    if (began < from || began > to) return false;
    const slack = 2 * clock.uncertainty + CALLED_WITHIN;
    // Where requests of one client go out on several connections, one whose leg is known may have asked for another.
    const arePooled = (this.pairing.requests?.pairs.length ?? 0) > 0;
    for (const leg of this.#legsAt('client').between(began - slack, Number.POSITIVE_INFINITY))
      if (leg.began <= began + slack && (arePooled || !leg.isSettled)) return false;
    return true;
  }

  #alone({ client, server }: Path): Alone | null {
    const [near, far] = client === null ? (['server', 'client'] as const) : (['client', 'server'] as const);
    const own = client ?? server;
    const record = this.pairing[near];
    if (own === null || record === null || (client !== null && server !== null)) return null;
    const service = endpointKey(record.log, own.row, 1);
    return { near, far, own, service, began: onCommonClock(this.pairing, near, own.firstTime) };
  }

  /** What ended between two times and can be the other leg: a proxy calls the backend for a client that has called it. */
  *#couldBe({ far, own, service, began }: Alone, from: number, to: number): Generator<Leg> {
    const slack = 2 * (this.pairing.clock?.uncertainty ?? Number.POSITIVE_INFINITY);
    for (const leg of this.#legsAt(far).between(from, to)) {
      const order = far === 'server' ? leg.began - began : began - leg.began;
      const couldBegin = order >= -slack || leg.isJoined || own.midStream;
      if (!leg.isSettled && couldBegin && this.#couldLead(far, service, leg.service)) yield leg;
    }
  }

  /** How many connections that can be the other leg ended about a time at large. */
  #endedAround({ far, service }: Alone, time: number): number {
    const legs = this.#legsAt(far);
    const weight = 1 - legs.taken * (1 - TAKEN);
    return this.#shareOf(far, service) * weight * legs.countBetween(time - AT_LARGE, time + AT_LARGE);
  }

  /** The share of a vantage's connections that are of services which belong to one of the other vantage. */
  #shareOf(far: End, service: number): number {
    const key = `${far} ${service}`;
    const known = this.#shares.get(key);
    if (known !== undefined) return known;
    const legs = this.#legsAt(far);
    let fitting = 0;
    for (const [other, count] of legs.services) if (this.#couldLead(far, service, other)) fitting += count;
    const share = fitting / Math.max(1, legs.count);
    this.#shares.set(key, share);
    return share;
  }

  #couldLead(far: End, service: number, other: number): boolean {
    return far === 'server' ? this.#routes.couldLead(service, other) : this.#routes.couldLead(other, service);
  }

  #legsAt(end: End): ProxyLegs {
    this.#legs[end] ??= new ProxyLegs(this.pairing, end, this.#resets[end]);
    return this.#legs[end];
  }

  /** The box in between forwards connections, and nothing shows that it ends any. */
  get #allForwarded(): boolean {
    const { pairs, requests } = this.pairing;
    return pairs.forwarded > 0 && pairs.length === pairs.forwarded && (requests?.pairs.length ?? 0) === 0;
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
