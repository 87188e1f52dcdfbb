import type { End } from '../path.js';

/** How surely a request of the server's vantage is one of the client's. */
export const BY_CONTENT = 1;
export const BY_TIME = 2;
export type Certainty = typeof BY_CONTENT | typeof BY_TIME;

/** A request as rows of the logs of both vantages. */
export interface PairedRequest {
  readonly client: number;
  readonly server: number;
  readonly certainty: Certainty;
}

/**
 * Which request is which. Each one of the server's vantage was made for one of the client's; one of the client's may
 * have been tried several times.
 */
export class RequestPairs implements Iterable<PairedRequest> {
  readonly #ofServer: Int32Array;
  readonly #certainty: Uint8Array;
  /** The try of a client's request that was made last, and of each try the one before; -1 where there is none. */
  readonly #lastTry: Int32Array;
  readonly #tryBefore: Int32Array;
  length = 0;

  /** @param clients how many requests the log of each vantage has */
  constructor(clients: number, servers: number) {
    this.#ofServer = new Int32Array(servers).fill(-1);
    this.#certainty = new Uint8Array(servers);
    this.#lastTry = new Int32Array(clients).fill(-1);
    this.#tryBefore = new Int32Array(servers).fill(-1);
  }

  /** Adds a try that has no partner yet. */
  add(client: number, server: number, certainty: Certainty): void {
    this.#ofServer[server] = client;
    this.#certainty[server] = certainty;
    this.length += 1;
    // Rows are in the order of time: the chain stays so too.
    let after = -1;
    let before = this.#lastTry[client];
    while (before > server) {
      after = before;
      before = this.#tryBefore[before];
    }
    this.#tryBefore[server] = before;
    if (after < 0) this.#lastTry[client] = server;
    else this.#tryBefore[after] = server;
  }

  /** The request at the other vantage, or -1; of several tries the last. */
  partnerOf(end: End, row: number): number {
    return end === 'server' ? this.#ofServer[row] : this.#lastTry[row];
  }

  /** How surely a request of the server's vantage has the partner that it has. */
  certaintyOf(server: number): Certainty {
    return this.#certainty[server] as Certainty;
  }

  *[Symbol.iterator](): Generator<PairedRequest, void, undefined> {
    for (let server = 0; server < this.#ofServer.length; server += 1) {
      const client = this.#ofServer[server];
      if (client >= 0) yield { client, server, certainty: this.certaintyOf(server) };
    }
  }
}
