import type { FlowLog } from '../../flow/log.js';

/** One HTTP request: a place in the log, good until the next one is asked for. */
export type Request = ReturnType<FlowLog['requests']['at']>;

/** The HTTP requests of a log, by connection. */
export class RequestLog {
  /** Row of the last request of each connection, or -1. */
  readonly #last: Int32Array;

  constructor(private readonly log: FlowLog) {
    const { connections, requests } = log;
    this.#last = new Int32Array(requests.length === 0 ? 0 : connections.length).fill(-1);
    for (const row of requests.rows()) this.#last[requests.at(row).connection] = row;
  }

  /** Rows of the requests of a connection, the last one first. */
  *of(connection: number): Generator<number> {
    const { requests } = this.log;
    for (let row = this.#last[connection] ?? -1; row >= 0; row = requests.at(row).previous) yield row;
  }

  /** The last request that a connection had asked by some time of its vantage, in nanoseconds; -1 for none. */
  lastBefore(connection: number, time: number): number {
    for (const row of this.of(connection)) if (this.log.requests.at(row).time <= time) return row;
    return -1;
  }
}
