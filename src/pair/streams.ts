import type { FlowLog } from '../flow/log.js';
import { OPENED_BROKEN } from '../flow/opening/beginning.js';
import { DIGESTED, SHORT_DIGEST } from '../flow/opening/openings.js';

/** What one side's stream opened with: a place in the log, good until the next one is asked for. */
export type Stream = ReturnType<FlowLog['openings']['at']>;

/** How much of a stream a digest covers: as much as was taken, or the first bytes only. */
export type Reach = 'whole' | 'short';

/** What the streams of a log's connections opened with, by connection. */
export class Streams {
  /** Row in `openings` of each connection's two sides, or -1. */
  readonly #rows: readonly [Int32Array, Int32Array];

  constructor(private readonly log: FlowLog) {
    const { connections, openings } = log;
    this.#rows = [new Int32Array(connections.length).fill(-1), new Int32Array(connections.length).fill(-1)];
    for (const row of openings.rows()) {
      const { connection, side } = openings.at(row);
      this.#rows[side === 0 ? 0 : 1][connection] = row;
    }
  }

  /** What one side of a connection opened with; null where it said nothing. */
  of(connection: number, side: 0 | 1): Stream | null {
    const row = this.#rows[side][connection];
    return row < 0 ? null : this.log.openings.at(row);
  }

  /** Bytes that are known of what a side said. */
  length(connection: number, side: 0 | 1): number {
    return this.of(connection, side)?.length ?? 0;
  }

  /**
   * Writes the digest of one side's stream and how many bytes it covers into three words; zeros for a side that said
   * nothing, false where bytes that it should cover were not captured.
   */
  digest(connection: number, side: 0 | 1, reach: Reach, into: Uint32Array): boolean {
    const stream = this.of(connection, side);
    into.fill(0);
    if (stream === null) return true;
    if (reach === 'short' && stream.length >= SHORT_DIGEST) {
      into[0] = stream.short0;
      into[1] = stream.short1;
      into[2] = SHORT_DIGEST;
      return true;
    }
    into[0] = stream.digest0;
    into[1] = stream.digest1;
    into[2] = stream.length;
    return stream.length >= DIGESTED || (stream.kinds & OPENED_BROKEN) === 0;
  }
}

const STREAMS = new WeakMap<FlowLog, Streams>();

/** The streams of a log, looked up once. */
export function streamsOf(log: FlowLog): Streams {
  let streams = STREAMS.get(log);
  if (streams === undefined) {
    streams = new Streams(log);
    STREAMS.set(log, streams);
  }
  return streams;
}
