import type { Endpoint } from '../result.js';
import { RST } from '../wire/tcp-flags.js';
import { TUNNEL_NONE, tunnelName } from '../wire/tunnel-kind.js';
import type { Connection, ResetCopy, SeenSegment, Side, SideState } from './connection.js';
import {
  CLOSED_BY_FIN,
  ESTABLISHED,
  MID_STREAM,
  SEEN_DONT_FRAGMENT,
  SEEN_INBOUND,
  SEEN_IPV6,
  SEEN_OPTIONS,
  SEEN_OPTIONS_CUT,
  SEEN_OUTBOUND,
  SEEN_SIDE,
  SEEN_TIMESTAMP,
  SIDE_FIN_ACKED,
  SIDE_FIN_SENT,
  SIDE_LOCAL,
  SIDE_TIMESTAMPS,
  SYN_ACK_SEEN,
  SYN_SEEN,
} from './connection-flags.js';
import type { FlowLog } from './log.js';

/** Reads connections out of a log. */
export class ConnectionReader {
  /** Rows of kept segments, grouped by connection. */
  readonly #rowsOf: ReadonlyMap<number, readonly number[]>;
  readonly #copiesOf: ReadonlyMap<number, readonly number[]>;
  /** Endpoints that a handshake shows to be called. */
  readonly #services: ReadonlySet<string>;

  constructor(private readonly log: FlowLog) {
    this.#services = calledEndpoints(log);
    this.#rowsOf = rowsByConnection(log.segments);
    this.#copiesOf = rowsByConnection(log.resetCopies);
  }

  /** The connection at `row` of the log. */
  read(row: number): Connection {
    const turned = this.#isTurned(row);
    const { connections, peers } = this.log;
    const c = connections.columns;
    const flags = c.flags[row];
    const has = (bit: number) => (flags & bit) !== 0;
    return {
      row,
      endpoints: [this.endpoint(row, 0), this.endpoint(row, 1)],
      isns: [
        has(SYN_SEEN | SYN_ACK_SEEN) ? peers.columns.isn[2 * row] : null,
        has(SYN_ACK_SEEN) ? peers.columns.isn[2 * row + 1] : null,
      ],
      family: c.family[row] === 6 ? 6 : 4,
      synSeen: has(SYN_SEEN),
      synAckSeen: has(SYN_ACK_SEEN),
      established: has(ESTABLISHED),
      closedByFin: has(CLOSED_BY_FIN),
      midStream: has(MID_STREAM),
      firstTime: c.firstTime[row],
      lastTime: c.lastTime[row],
      firstFrame: c.firstFrame[row],
      lastFrame: c.lastFrame[row],
      synTime: has(SYN_SEEN) ? c.synTime[row] : null,
      synAckTime: has(SYN_ACK_SEEN) ? c.synAckTime[row] : null,
      sides: this.#sides(c.detail[row], turned),
      segments: (this.#rowsOf.get(row) ?? []).map((at) => this.#segment(at, turned)),
      resetCopies: (this.#copiesOf.get(row) ?? []).map((at) => this.#copy(at)),
    };
  }

  /** Whether the connection began without a SYN. */
  isMidStream(row: number): boolean {
    return (this.log.connections.columns.flags[row] & MID_STREAM) !== 0;
  }

  /**
   * The tracker's guess of who opened a connection seen mid-stream, put right by the handshakes of others: an endpoint
   * that they call is called here too.
   */
  #isTurned(row: number): boolean {
    if (!this.isMidStream(row)) return false;
    const called = (at: number) => this.#services.has(serviceKey(this.log, row, at));
    return called(2 * row) && !called(2 * row + 1);
  }

  /** Address and port of one side. */
  endpoint(row: number, which: Side): Endpoint {
    const side = this.#isTurned(row) ? 1 - which : which;
    const { address, port } = this.log.peers.columns;
    const family = this.log.connections.columns.family[row];
    return { ip: this.log.addresses.format(family, address[2 * row + side]), port: port[2 * row + side] };
  }

  #sides(detail: number, turned: boolean): [SideState, SideState] | null {
    if (detail < 0) return null;
    const sides: [SideState, SideState] = [this.#side(detail), this.#side(detail + 1)];
    return turned ? [sides[1], sides[0]] : sides;
  }

  #side(row: number): SideState {
    const c = this.log.details.columns;
    const has = (bit: number) => (c.flags[row] & bit) !== 0;
    return {
      nextSeq: c.nextSeq[row],
      ackMax: c.ackMax[row],
      segments: c.segments[row],
      payloadBytes: c.payloadBytes[row],
      lastTime: c.lastTime[row],
      lastFrame: c.lastFrame[row],
      lastDataTime: c.lastDataTime[row],
      lastDataFrame: c.lastDataFrame[row],
      finFrame: has(SIDE_FIN_SENT) ? c.finFrame[row] : null,
      finTime: c.finTime[row],
      finEnd: c.finEnd[row],
      finAcked: has(SIDE_FIN_ACKED),
      ttl: c.ttl[row],
      ttlLowest: c.ttlLowest[row],
      ttlHighest: c.ttlHighest[row],
      ttlSamples: c.ttlSamples[row],
      synTtl: c.synTtl[row] === 0 ? null : c.synTtl[row],
      ipIdLast: c.ipIdLast[row],
      ipIdSteps: c.ipIdSteps[row],
      ipIdZeros: c.ipIdZeros[row],
      ipIdSamples: c.ipIdSamples[row],
      windowScale: c.windowScale[row] === 0 ? null : c.windowScale[row] - 1,
      timestamps: has(SIDE_TIMESTAMPS),
      local: has(SIDE_LOCAL),
    };
  }

  #copy(row: number): ResetCopy {
    const { frame, time, ttl, original } = this.log.resetCopies.columns;
    return { frame: frame[row], time: time[row], ttl: ttl[row], original: original[row] };
  }

  #segment(row: number, turned: boolean): SeenSegment {
    const c = this.log.segments.columns;
    const has = (bit: number) => (c.meta[row] & bit) !== 0;
    return {
      frame: c.frame[row],
      time: c.time[row],
      from: has(SEEN_SIDE) !== turned ? 1 : 0,
      seq: c.seq[row],
      ack: c.ack[row],
      flags: c.flags[row],
      length: c.length[row],
      window: c.window[row],
      ttl: c.ttl[row],
      ipId: has(SEEN_IPV6) ? null : c.ipId[row],
      tos: c.tos[row],
      timestamp: has(SEEN_TIMESTAMP) ? c.timestamp[row] : null,
      dontFragment: has(SEEN_DONT_FRAGMENT),
      hasOptions: has(SEEN_OPTIONS),
      optionsCut: has(SEEN_OPTIONS_CUT),
      direction: has(SEEN_INBOUND) ? 'inbound' : has(SEEN_OUTBOUND) ? 'outbound' : null,
      tunnel: tunnelName(c.tunnel[row]),
      outerTtl: c.tunnel[row] === TUNNEL_NONE ? null : c.outerTtl[row],
      payload: this.log.resetPayloads.get(row) ?? null,
    };
  }
}

function serviceKey(log: FlowLog, row: number, at: number): string {
  const { address, port } = log.peers.columns;
  return `${log.connections.columns.family[row]} ${address[at]} ${port[at]}`;
}

function calledEndpoints(log: FlowLog): Set<string> {
  const services = new Set<string>();
  const { flags } = log.connections.columns;
  for (let row = 0; row < log.connections.length; row += 1) {
    if ((flags[row] & (SYN_SEEN | SYN_ACK_SEEN)) !== 0) services.add(serviceKey(log, row, 2 * row + 1));
  }
  return services;
}

/** The RST segments among what was kept: every one that the capture holds. */
export function resetsOf(connection: Connection): readonly SeenSegment[] {
  return connection.segments.filter((segment) => (segment.flags & RST) !== 0);
}

/** A table with a row's connection among its columns. */
interface ByConnection {
  readonly length: number;
  readonly columns: { readonly connection: Uint32Array };
}

function rowsByConnection({ length, columns: { connection } }: ByConnection): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (let row = 0; row < length; row += 1) {
    const rows = groups.get(connection[row]);
    if (rows === undefined) groups.set(connection[row], [row]);
    else rows.push(row);
  }
  return groups;
}
