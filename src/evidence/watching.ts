import type { Connection, Side } from '../flow/connection.js';
import { CLOSED_BY_FIN } from '../flow/connection-flags.js';
import { EndpointSet } from '../flow/endpoint-set.js';
import type { FlowLog } from '../flow/log.js';
import type { VantageRecord } from '../flow/vantage-record.js';
import type { Clock } from '../pair/clock.js';
import { type End, onCommonClock, type Pairing, type Path } from '../pair/path.js';
import type { Endpoint } from '../result.js';
import { seqDiff } from '../wire/seq.js';
import { hopsTo, nearestForwarded } from './hops.js';
import { HostTtls } from './host-ttls.js';
import { Intervals } from './intervals.js';
import { Losses } from './losses.js';
import type { OtherLegs } from './other-legs.js';
import { PairedHosts } from './paired-hosts.js';
import { ResetNumbers } from './reset-numbers.js';
import { Tenants } from './tenants.js';
import { LONGEST_TRANSIT, nearSender, type Packet } from './timeline.js';

const SECOND = 1e9;
/** A capture file says when its last frame was, not when the capture stopped: so much later is still its end. */
const END_SLACK = 0.5 * SECOND;
/** Trust in "it was still running" where nothing later in either capture shows the contrary. */
const ASSUMED_RUNNING = 0.4;
/** Little: the connection may have gone to a backend that was not captured, or its pair was missed. */
const UNPAIRED_TRUST = 0.3;
const DOUBTFUL_TRUST = 0.1;
/** More where every other connection of the same address that came about has a partner: its backends are all captured. */
const SERVED_TRUST = 0.6;
/** And where no connection of the same caller has one, and it is nearer than any client. */
const STRANGER_TRUST = 0.5;

/**
 * How far "this packet is not in that capture" can be trusted, from 0 (that capture could not have seen it) to 1.
 * Times on the client's time line.
 */
export class Watch {
  readonly #from: Record<End, number>;
  readonly #to: Record<End, number>;
  readonly #endedEarly: Record<End, boolean>;
  readonly #losses: Losses;
  readonly #paired: PairedHosts;
  readonly #tenants: Tenants;
  #nearestForwarded: number | null | undefined;
  readonly #unpaired: Partial<Record<End, Intervals>> = {};
  readonly #resets: Partial<Record<End, ResetNumbers>> = {};
  readonly #ttls: Partial<Record<End, HostTtls>> = {};

  constructor(
    private readonly pairing: Pairing,
    timelines: () => Iterable<{ readonly path: Path; readonly timeline: readonly Packet[] }>,
    private readonly otherLegs: OtherLegs,
  ) {
    this.#paired = new PairedHosts(pairing);
    this.#tenants = new Tenants(pairing);
    const client = this.#span('client');
    const server = this.#span('server');
    this.#from = { client: client[0], server: server[0] };
    this.#to = { client: client[1], server: server[1] };
    this.#endedEarly = {
      client: this.#lastToPass('client') > client[1] + END_SLACK,
      server: this.#lastToPass('server') > server[1] + END_SLACK,
    };
    this.#losses = new Losses(pairing, timelines, this.#to);
    if (this.bothCaptured)
      this.#losses.sight(timelines, (end, time, path) => this.trust(end, time, path) > 0);
  }

  get clock(): Clock | null {
    return this.pairing.clock;
  }

  /** Whether there is a capture of this end at all. */
  captured(end: End): boolean {
    return this.pairing[end] !== null;
  }

  /** Whether a capture is known to lose segments: what it lacks once proves little. */
  loses(end: End): boolean {
    return this.#losses.matter(end);
  }

  get bothCaptured(): boolean {
    return this.pairing.client !== null && this.pairing.server !== null;
  }

  /** Whether any capture shows both sides of the box in between. */
  get showsBothSides(): boolean {
    const { client, server } = this.pairing.bothSides;
    return client || server;
  }

  /** Whether connections pair by their sequence numbers: then the box in between forwards them and owns no socket. */
  get forwards(): boolean {
    return this.pairing.pairs.forwarded > 0;
  }

  /**
   * Trust in an absence at `end` at `time`, for a packet of this path.
   * @param segments so many are absent: a capture that loses some of them hardly loses each
   */
  trust(end: End, time: number, path: Path, segments = 1): number {
    if (this.pairing[end] === null || this.pairing.bothSides[end]) return 0;
    if (this.bothCaptured && this.pairing.clock === null) return 0;
    if (time < this.#from[end] - (this.pairing.clock?.uncertainty ?? 0)) return 0;
    const all = path[end] === null ? (path[otherOf(end)]?.segments.length ?? segments) : segments;
    return (
      Math.min(this.#wholeness(end, time, path), this.#losses.trust(end, all)) *
      this.#trustInRunning(end, time)
    );
  }

  /** Trust in that a RST which arrived at the other end never passed this one: others that look alike tell too. */
  trustInNoReset(end: End, packet: Packet, path: Path): number {
    const alone = this.trust(end, packet.time, path);
    if (alone === 0 || path[end] === null) return alone;
    const trust = Math.min(this.#wholeness(end, packet.time, path), this.#losses.trustInNoReset(end, packet));
    return trust * this.#trustInRunning(end, packet.time);
  }

  /** Whether a capture shows a RST of this number and form at that time, be it beside another connection. */
  showsReset(end: End, packet: Packet): boolean {
    const log = this.pairing[end]?.log;
    if (log === undefined || this.pairing.bothSides[end]) return false;
    this.#resets[end] ??= new ResetNumbers(log);
    const { flags, seq, ack } = nearSender(packet).segment;
    const slack = LONGEST_TRANSIT + 2 * (this.clock?.uncertainty ?? Number.POSITIVE_INFINITY);
    const times = this.#resets[end].timesOf(flags, seq, ack);
    return times.some((time) => Math.abs(onCommonClock(this.pairing, end, time) - packet.time) <= slack);
  }

  /** The client that had this connection's ends at the backend before it; null where that does not show. */
  earlierTenant(path: Path): Endpoint | null {
    return this.#tenants.before(path);
  }

  /** TTLs that other connections' segments of one side's host had at a vantage. */
  ttlsOfHost(end: End, connection: Connection, side: Side): readonly number[] {
    const log = this.pairing[end]?.log;
    if (log === undefined) return [];
    this.#ttls[end] ??= new HostTtls(log);
    const { family, address0, address1, port0 } = log.connections.at(connection.row);
    const turned = connection.endpoints[0].port !== port0;
    const address = (side === 0) !== turned ? address0 : address1;
    return this.#ttls[end].of(family, address, connection.row);
  }

  /**
   * Trust in that a connection at the server's vantage has no partner because whoever opened it is no client, whether or
   * not the client's capture ran just then: nothing that host opens has one, and it is nearer than what is forwarded.
   */
  trustInStranger(connection: Connection): number {
    if (this.pairing.bothSides.client || !this.#paired.never('server', connection)) return 0;
    if (this.#nearestForwarded === undefined) this.#nearestForwarded = nearestForwarded(this.pairing);
    const ttl = connection.sides?.[0].synTtl ?? null;
    const isNearer = ttl !== null && hopsTo(ttl) < (this.#nearestForwarded ?? 0);
    return isNearer ? STRANGER_TRUST : 0;
  }

  /** Whether a proxy opened this leg for nobody. */
  isOwnErrand(leg: Path): boolean {
    return this.otherLegs.isOwnErrand(leg);
  }

  /** Trust in that a proxy's leg which nothing pairs had no other one when it ended. */
  trustInNoLeg(leg: Path, time: number): number {
    return this.otherLegs.trustInNone(leg, time);
  }

  /**
   * 1 for a connection whose capture shows no holes, 0 for one with holes or one direction only. Where the capture loses
   * segments of every connection alike, holes say no more about this one than the share of losses does.
   */
  #completeness(end: End, connection: Connection): number {
    if (isOneWay(connection)) return 0;
    return hasHoles(connection) && !this.#losses.matter(end) ? 0 : 1;
  }

  #wholeness(end: End, time: number, path: Path): number {
    const connection = path[end];
    return connection === null
      ? this.#trustInUnpaired(end, time, path[otherOf(end)])
      : this.#completeness(end, connection);
  }

  #trustInRunning(end: End, time: number): number {
    if (time <= this.#to[end] + END_SLACK) return 1;
    return this.#endedEarly[end] ? 0 : ASSUMED_RUNNING;
  }

  #span(end: End): [number, number] {
    const record = this.pairing[end];
    if (record === null) return [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    const [from, to] = record.covered;
    return [onCommonClock(this.pairing, end, from), onCommonClock(this.pairing, end, to)];
  }

  /** When the other vantage last heard a segment that must have passed this end: its capture had to show it too. */
  #lastToPass(end: End): number {
    const far: End = end === 'client' ? 'server' : 'client';
    const record = this.pairing[far];
    if (record === null) return Number.NEGATIVE_INFINITY;
    const side = end === 'client' ? 0 : 1;
    let latest = Number.NEGATIVE_INFINITY;
    for (const pair of this.pairing.pairs)
      if (!pair.proxied) latest = Math.max(latest, lastHeard(record.log, pair[far], side));
    for (const row of this.#unpairedOfSameService(far, record))
      latest = Math.max(latest, lastHeard(record.log, row, side));
    return onCommonClock(this.pairing, far, latest);
  }

  /** Connections without a partner whose callee is one that paired connections call too: they take the same way. */
  *#unpairedOfSameService(end: End, { log }: VantageRecord): Generator<number> {
    const services = new EndpointSet(log);
    for (const pair of this.pairing.pairs) if (!pair.proxied) services.add(pair[end], 1);
    for (const row of this.pairing.unpaired(end)) if (services.has(row, 1)) yield row;
  }

  /**
   * Where a connection has no partner at all, absence is worth something only if pairing works at large, and if no
   * connection without a partner of its own is there that could be the one.
   */
  #trustInUnpaired(end: End, time: number, connection: Connection | null): number {
    if (this.pairing.pairs.forwarded === 0) return 0;
    if (connection !== null && this.#paired.always(otherOf(end), connection)) return SERVED_TRUST;
    return this.#anyUnpaired(end, time) ? DOUBTFUL_TRUST : UNPAIRED_TRUST;
  }

  /** Whether a vantage shows a connection at about that time that found no partner. */
  #anyUnpaired(end: End, time: number): boolean {
    this.#unpaired[end] ??= new Intervals(this.#unpairedLives(end));
    return this.#unpaired[end].touch(time - END_SLACK, time + END_SLACK);
  }

  /** First and last times of the connections at one vantage that found no partner. */
  #unpairedLives(end: End): [number, number][] {
    const log = this.pairing[end]?.log;
    if (log === undefined) return [];
    return Array.from(this.pairing.unpaired(end), (row) => {
      const { firstTime, lastTime } = log.connections.at(row);
      return [onCommonClock(this.pairing, end, firstTime), onCommonClock(this.pairing, end, lastTime)];
    });
  }
}

/** When a side was last heard; the end of a connection that closed cleanly, which left no details. */
export function lastHeard(log: FlowLog, row: number, side: 0 | 1): number {
  const { detail, flags, lastTime } = log.connections.at(row);
  if (detail >= 0) {
    const own = log.details.at(detail + side);
    return own.segments > 0 ? own.lastTime : Number.NEGATIVE_INFINITY;
  }
  return (flags & CLOSED_BY_FIN) !== 0 ? lastTime : Number.NEGATIVE_INFINITY;
}

function otherOf(end: End): End {
  return end === 'client' ? 'server' : 'client';
}

function isOneWay({ sides, synAckSeen }: Connection): boolean {
  return synAckSeen && (sides?.some((side) => side.segments === 0) ?? false);
}

/** Whether one side acknowledged what the capture does not show. */
function hasHoles({ sides }: Connection): boolean {
  if (sides === null) return false;
  return ([0, 1] as const).some((side) => {
    const acked = sides[(1 - side) as 0 | 1].ackMax;
    return sides[side].segments > 0 && acked !== 0 && seqDiff(acked, sides[side].nextSeq) > 0;
  });
}
