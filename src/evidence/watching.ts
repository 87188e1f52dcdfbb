import type { Connection } from '../flow/connection.js';
import type { VantageRecord } from '../flow/vantage-record.js';
import type { End, Pairing, Path } from '../pair/path.js';
import { seqDiff } from '../wire/seq.js';
import { Intervals } from './intervals.js';

const SECOND = 1e9;
/** A capture file says when its last frame was, not when the capture stopped: so much later is still its end. */
const END_SLACK = 0.5 * SECOND;
/** Trust in "it was still running" where nothing later in the capture shows it. */
const ASSUMED_RUNNING = 0.5;

/**
 * How far "this packet is not in that capture" can be trusted, from 0 (that capture could not have seen it) to 1.
 * Times on the client's time line.
 */
export class Watch {
  readonly #from: Record<End, number>;
  readonly #to: Record<End, number>;
  readonly #unpaired: Partial<Record<End, Intervals>> = {};

  constructor(private readonly pairing: Pairing) {
    const span = (record: VantageRecord | null, end: End): [number, number] => {
      if (record === null) return [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      const clock = end === 'server' ? pairing.clock : null;
      return clock === null ? [0, record.lastTime] : [clock.toClient(0), clock.toClient(record.lastTime)];
    };
    const client = span(pairing.client, 'client');
    const server = span(pairing.server, 'server');
    this.#from = { client: client[0], server: server[0] };
    this.#to = { client: client[1], server: server[1] };
  }

  /** Whether there is a capture of this end at all. */
  captured(end: End): boolean {
    return this.pairing[end] !== null;
  }

  /** Trust in an absence at `end` at `time`, for a packet of this path. */
  trust(end: End, time: number, path: Path): number {
    if (this.pairing[end] === null) return 0;
    const bothCaptured = this.pairing.client !== null && this.pairing.server !== null;
    if (bothCaptured && this.pairing.clock === null) return 0;
    if (time < this.#from[end] - (this.pairing.clock?.uncertainty ?? 0)) return 0;
    const connection = path[end];
    const whole = connection === null ? this.#trustInUnpaired(end, time) : completeness(connection);
    return time > this.#to[end] + END_SLACK ? whole * ASSUMED_RUNNING : whole;
  }

  /**
   * Where a connection has no partner at all, absence is worth something only if pairing works at large, and if no
   * connection without a partner of its own is there that could be the one.
   */
  #trustInUnpaired(end: End, time: number): number {
    if (this.pairing.pairs.length === 0) return 0;
    this.#unpaired[end] ??= new Intervals(this.#unpairedLives(end));
    return this.#unpaired[end].touch(time - END_SLACK, time + END_SLACK) ? DOUBTFUL_TRUST : UNPAIRED_TRUST;
  }

  /** First and last times of the connections at one vantage that found no partner. */
  #unpairedLives(end: End): [number, number][] {
    const { unpaired, clock } = this.pairing;
    const columns = this.pairing[end]?.log.connections.columns;
    if (columns === undefined) return [];
    const toClient = (at: number) => (end === 'server' && clock !== null ? clock.toClient(at) : at);
    return unpaired[end].map((row) => [toClient(columns.firstTime[row]), toClient(columns.lastTime[row])]);
  }
}

/** Below certainty: a pair that was missed looks the same as a connection that never got across. */
const UNPAIRED_TRUST = 0.8;
const DOUBTFUL_TRUST = 0.2;

/** 1 for a connection whose capture shows no holes, 0 for one with holes or one direction only. */
function completeness(connection: Connection): number {
  const { sides } = connection;
  if (sides === null) return 1;
  const missed = ([0, 1] as const).some((side) => {
    const acked = sides[(1 - side) as 0 | 1].ackMax;
    return sides[side].segments > 0 && acked !== 0 && seqDiff(acked, sides[side].nextSeq) > 0;
  });
  const oneWay = connection.synAckSeen && sides.some((side) => side.segments === 0);
  return missed || oneWay ? 0 : 1;
}
