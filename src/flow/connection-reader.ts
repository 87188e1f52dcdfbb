import type { Endpoint } from '../result.js';
import { seqAdd } from '../wire/seq.js';
import { ACK, RST } from '../wire/tcp-flags.js';
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
  SIDE_ACK_SEEN,
  SIDE_FIN_ACKED,
  SIDE_FIN_SENT,
  SIDE_LOCAL,
  SIDE_TIMESTAMPS,
  SYN_ACK_SEEN,
  SYN_SEEN,
} from './connection-flags.js';
import { EndpointSet } from './endpoint-set.js';
import { handshakeTrip } from './handshake-trip.js';
import type { FlowLog } from './log.js';

/** What is taken off the sequence numbers of sides 0 and 1, as the log names the sides, to read them. */
export type Renumbering = readonly [number, number];

const AS_IT_IS: Renumbering = [0, 0];

/** Linux takes the port of whoever opens a connection from here on (net/ipv4/af_inet.c, ip_local_port_range); RFC 6335 begins later. */
const FIRST_EPHEMERAL_PORT = 32_768;
/** Trust in which side is which, of a connection that was not seen from its beginning. */
const TOLD_BY_PORTS = 0.9;
const GUESSED = 0.6;

/** Reads connections out of a log. */
export class ConnectionReader {
  readonly #copiesOf: ReadonlyMap<number, readonly number[]>;
  /** Endpoints that some handshake shows to be called. */
  #services: EndpointSet | null = null;

  constructor(private readonly log: FlowLog) {
    this.#copiesOf = copiesByConnection(log);
  }

  /**
   * The connection at `row` of the log.
   * @param less in other sequence numbers than it has at this vantage; its segments then tell those too
   */
  read(row: number, less: Renumbering = AS_IT_IS): Connection {
    const turned = this.#isTurned(row);
    const c = this.log.connections.at(row);
    const { flags, isn0, isn1, lastKept, detail } = c;
    const has = (bit: number) => (flags & bit) !== 0;
    return {
      row,
      endpoints: [this.endpoint(row, 0), this.endpoint(row, 1)],
      isns: [
        has(SYN_SEEN | SYN_ACK_SEEN) ? seqAdd(isn0, -less[0]) : null,
        has(SYN_ACK_SEEN) ? seqAdd(isn1, -less[1]) : null,
      ],
      family: c.family === 6 ? 6 : 4,
      synSeen: has(SYN_SEEN),
      synAckSeen: has(SYN_ACK_SEEN),
      established: has(ESTABLISHED),
      closedByFin: has(CLOSED_BY_FIN),
      midStream: has(MID_STREAM),
      trustInSides: this.#trustInSides(row),
      firstTime: c.firstTime,
      lastTime: c.lastTime,
      firstFrame: c.firstFrame,
      lastFrame: c.lastFrame,
      synTime: has(SYN_SEEN) ? c.synTime : null,
      synAckTime: has(SYN_ACK_SEEN) ? c.synAckTime : null,
      handshakeTrip: handshakeTrip(c),
      sides: this.#sides(detail, turned, less),
      segments: this.#rowsFrom(lastKept).map((at) => this.#segment(at, turned, less)),
      resetCopies: (this.#copiesOf.get(row) ?? []).map((at) => this.#copy(at)),
    };
  }

  /** Whether the connection began without a SYN. */
  isMidStream(row: number): boolean {
    return (this.log.connections.at(row).flags & MID_STREAM) !== 0;
  }

  /**
   * The tracker's guess of who opened a connection seen mid-stream, put right by the handshakes of others: an endpoint
   * that they call is called here too.
   */
  #isTurned(row: number): boolean {
    if (!this.isMidStream(row)) return false;
    this.#services ??= calledEndpoints(this.log);
    return this.#services.has(row, 0) && !this.#services.has(row, 1);
  }

  #trustInSides(row: number): number {
    if (!this.isMidStream(row)) return 1;
    this.#services ??= calledEndpoints(this.log);
    if (this.#services.has(row, 0) !== this.#services.has(row, 1)) return 1;
    const { port0, port1 } = this.log.connections.at(row);
    return port0 >= FIRST_EPHEMERAL_PORT !== port1 >= FIRST_EPHEMERAL_PORT ? TOLD_BY_PORTS : GUESSED;
  }

  /** Address and port of one side. */
  endpoint(row: number, which: Side): Endpoint {
    const side = this.#isTurned(row) ? 1 - which : which;
    const { family, address0, address1, port0, port1 } = this.log.connections.at(row);
    return {
      ip: this.log.addresses.format(family, side === 0 ? address0 : address1),
      port: side === 0 ? port0 : port1,
    };
  }

  /** Rows of the kept segments of a connection, oldest first. */
  #rowsFrom(last: number): number[] {
    const rows: number[] = [];
    for (let row = last; row >= 0; row = this.log.kept.at(row).previous) rows.push(row);
    return rows.reverse();
  }

  #sides(detail: number, turned: boolean, less: Renumbering): [SideState, SideState] | null {
    if (detail < 0) return null;
    const sides: [SideState, SideState] = [
      this.#side(detail, less[0], less[1]),
      this.#side(detail + 1, less[1], less[0]),
    ];
    return turned ? [sides[1], sides[0]] : sides;
  }

  #side(row: number, less: number, peerLess: number): SideState {
    const c = this.log.details.at(row);
    const has = (bit: number) => (c.flags & bit) !== 0;
    return {
      nextSeq: seqAdd(c.nextSeq, -less),
      ackMax: has(SIDE_ACK_SEEN) ? seqAdd(c.ackMax, -peerLess) : c.ackMax,
      segments: c.segments,
      payloadBytes: c.payloadBytes,
      lastTime: c.lastTime,
      lastFrame: c.lastFrame,
      lastDataTime: c.lastDataTime,
      lastDataFrame: c.lastDataFrame,
      finFrame: has(SIDE_FIN_SENT) ? c.finFrame : null,
      finTime: c.finTime,
      finEnd: seqAdd(c.finEnd, -less),
      finAcked: has(SIDE_FIN_ACKED),
      ttl: c.ttl,
      ttlLowest: c.ttlLowest,
      ttlHighest: c.ttlHighest,
      ttlSamples: c.ttlSamples,
      synTtl: c.synTtl === 0 ? null : c.synTtl,
      ipIdLast: c.ipIdLast,
      ipIdSteps: c.ipIdSteps,
      ipIdZeros: c.ipIdZeros,
      ipIdSamples: c.ipIdSamples,
      windowScale: c.windowScale === 0 ? null : c.windowScale - 1,
      timestamps: has(SIDE_TIMESTAMPS),
      local: has(SIDE_LOCAL),
    };
  }

  #copy(row: number): ResetCopy {
    const { frame, time, ttl, original } = this.log.resetCopies.at(row);
    return { frame, time, ttl, original };
  }

  #segment(row: number, turned: boolean, less: Renumbering): SeenSegment {
    const c = this.log.segments.at(row);
    const has = (bit: number) => (c.meta & bit) !== 0;
    const side = has(SEEN_SIDE) ? 1 : 0;
    const { seq, ack } = c;
    return {
      frame: c.frame,
      time: c.time,
      from: (side === 1) !== turned ? 1 : 0,
      seq: seqAdd(seq, -less[side]),
      ack: (c.flags & ACK) === 0 ? ack : seqAdd(ack, -less[1 - side]),
      flags: c.flags,
      length: c.length,
      window: c.window,
      ttl: c.ttl,
      ipId: has(SEEN_IPV6) ? null : c.ipId,
      flowLabel: has(SEEN_IPV6) ? c.flowLabel : null,
      tos: c.tos,
      timestamp: has(SEEN_TIMESTAMP) ? c.timestamp : null,
      dontFragment: has(SEEN_DONT_FRAGMENT),
      hasOptions: has(SEEN_OPTIONS),
      optionsCut: has(SEEN_OPTIONS_CUT),
      direction: has(SEEN_INBOUND) ? 'inbound' : has(SEEN_OUTBOUND) ? 'outbound' : null,
      tunnel: tunnelName(c.tunnel),
      outerTtl: c.tunnel === TUNNEL_NONE ? null : c.outerTtl,
      payload: this.log.resetPayloads.get(row) ?? null,
      mptcpReset: this.log.mptcpResets.get(row) ?? null,
      ...(less[0] === 0 && less[1] === 0 ? {} : { onWire: { seq, ack } }),
    };
  }
}

/** The RST segments among what was kept: every one that the capture holds. */
export function resetsOf(connection: Connection): readonly SeenSegment[] {
  return connection.segments.filter((segment) => (segment.flags & RST) !== 0);
}

/** Endpoints that a capture shows called: those of connections whose handshake it has. */
export function calledEndpoints(log: FlowLog): EndpointSet {
  const called = new EndpointSet(log);
  for (const row of log.connections.rows())
    if ((log.connections.at(row).flags & (SYN_SEEN | SYN_ACK_SEEN)) !== 0) called.add(row, 1);
  return called;
}

/** Rows of further records of RST segments, by the connection that they are of. */
function copiesByConnection({ resetCopies }: FlowLog): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const row of resetCopies.rows()) {
    const { connection } = resetCopies.at(row);
    const rows = groups.get(connection);
    if (rows === undefined) groups.set(connection, [row]);
    else rows.push(row);
  }
  return groups;
}
