import { type Direction, Frame } from '#src/capture/frame.js';
import type { Connection } from '#src/flow/connection.js';
import { ConnectionReader } from '#src/flow/connection-reader.js';
import { FlowTracker } from '#src/flow/tracker.js';
import type { VantageRecord } from '#src/flow/vantage-record.js';
import { decodeFrame } from '#src/wire/decode.js';
import { Segment } from '#src/wire/segment.js';
import { type Bytes, zeros } from './bytes.js';
import { ipv4, ipv6 } from './ip.js';
import { ETHERNET, ethernet } from './link.js';
import { tcp } from './tcp.js';

/** One end of a connection, as an address and a port. */
export interface Host {
  readonly ip: string;
  readonly port: number;
}

/** A segment as a test tells it. */
export interface Told {
  /** Seconds since the capture's first frame; by default a millisecond after the segment before. */
  at?: number;
  flags: string;
  seq: number;
  ack?: number;
  /** Bytes of payload, or how many. */
  data?: number | Bytes;
  ttl?: number;
  ipId?: number;
  flowLabel?: number;
  tos?: number;
  window?: number;
  options?: readonly Bytes[];
  direction?: Direction;
}

const NANOSECONDS = 1e9;
const MILLISECOND = 1e6;

/** A capture told segment by segment: what it says is decoded and tracked as if it had been read from a file. */
export class Tape {
  readonly tracker: FlowTracker;
  readonly #segment = new Segment();
  #frames = 0;
  #time = -MILLISECOND;

  /** @param mostOpen connections that the table holds */
  constructor(mostOpen?: number) {
    this.tracker = new FlowTracker(mostOpen);
  }

  /** Adds one segment and returns the number of its frame. */
  send(from: Host, to: Host, told: Told): number {
    const frame = new Frame();
    this.#frames += 1;
    this.#time = told.at === undefined ? this.#time + MILLISECOND : Math.round(told.at * NANOSECONDS);
    frame.number = this.#frames;
    frame.time = this.#time;
    frame.bytes = ethernet(packetOf(from, to, told));
    frame.capturedLength = frame.bytes.length;
    frame.originalLength = frame.bytes.length;
    frame.linkType = ETHERNET;
    frame.direction = told.direction ?? 0;
    if (!decodeFrame(frame, this.#segment)) throw new Error(`not a segment: ${JSON.stringify(told)}`);
    this.tracker.add(frame, this.#segment);
    return this.#frames;
  }

  /** Ends the capture: its connections in the order in which they began. */
  connections(): Connection[] {
    this.tracker.finish();
    const reader = new ConnectionReader(this.tracker.log);
    return Array.from({ length: this.tracker.log.connections.length }, (_, row) => reader.read(row));
  }

  /** Ends the capture; it must have seen exactly one connection. */
  connection(): Connection {
    const all = this.connections();
    if (all.length !== 1) throw new Error(`${all.length} connections instead of one`);
    return all[0];
  }

  /** Ends the capture and hands it on to pairing. `baseTime` is the time of its first frame since 1970. */
  record(vantage: string, baseTime = 0n): VantageRecord {
    this.tracker.finish();
    return {
      vantage,
      path: `${vantage}.pcap`,
      format: 'pcap',
      linkTypes: ['EN10MB'],
      frames: this.#frames,
      baseTime: this.#frames === 0 ? null : baseTime,
      lastTime: this.#time,
      covered: [0, this.#time],
      warnings: [],
      log: this.tracker.log,
    };
  }
}

function packetOf(from: Host, to: Host, told: Told): Uint8Array {
  const { flags, seq, ack, window, options, data = 0 } = told;
  const segment = tcp({
    sourcePort: from.port,
    destinationPort: to.port,
    seq,
    flags,
    payload: typeof data === 'number' ? zeros(data) : data,
    ...(ack === undefined ? {} : { ack }),
    ...(window === undefined ? {} : { window }),
    ...(options === undefined ? {} : { options }),
  });
  if (from.ip.includes(':'))
    return ipv6(
      { source: from.ip, destination: to.ip, hopLimit: told.ttl ?? 64, flowLabel: told.flowLabel ?? 0 },
      segment,
    );
  const { ttl = 64, ipId = 0, tos = 0 } = told;
  return ipv4({ source: from.ip, destination: to.ip, ttl, id: ipId, tos }, segment);
}
