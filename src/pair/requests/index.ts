import type { VantageRecord } from '../../flow/vantage-record.js';
import type { PairingContext } from '../method.js';
import type { End } from '../path.js';
import { pairByContent } from './by-content.js';
import { pairByTime } from './by-time.js';
import { RequestLog } from './request-log.js';
import { BY_CONTENT, type PairedRequest, RequestPairs } from './request-pairs.js';

/** A request on the leg that was asked for it, or that asked, beyond a proxy. */
export interface Carrier {
  /** Row of the connection at the other vantage. */
  readonly connection: number;
  /** Frames that show the request at both vantages. */
  readonly frames: { readonly client: number; readonly server: number };
  /** Only the times say that it is the same request. */
  readonly weak: boolean;
}

/** Which HTTP request of one vantage is which of the other: what is left to pair where a proxy pools its connections. */
export class RequestPairing {
  readonly pairs: RequestPairs;
  readonly #logs: Readonly<Record<End, RequestLog>>;

  constructor(private readonly records: Readonly<Record<End, VantageRecord>>) {
    const { client, server } = records;
    this.pairs = new RequestPairs(client.log.requests.length, server.log.requests.length);
    this.#logs = { client: new RequestLog(client.log), server: new RequestLog(server.log) };
  }

  /** Pairs by what requests say; without any on one side there is nothing to do. */
  byContent(context: PairingContext): void {
    if (this.#isPossible) pairByContent(context, this.pairs);
  }

  /** Pairs what is left by when it was asked, as far as the captures have a common clock. */
  byTime(context: PairingContext): void {
    if (this.#isPossible) pairByTime(context, this.pairs);
  }

  /** Rows of the connections that carry a pair of requests. */
  legsOf({ client, server }: Pick<PairedRequest, 'client' | 'server'>): {
    readonly client: number;
    readonly server: number;
  } {
    return {
      client: this.records.client.log.requests.at(client).connection,
      server: this.records.server.log.requests.at(server).connection,
    };
  }

  /** Whether a connection carries a request that has a partner. */
  carriesAny(end: End, connection: number): boolean {
    for (const row of this.#logs[end].of(connection)) if (this.pairs.partnerOf(end, row) >= 0) return true;
    return false;
  }

  /** Who carries beyond the proxy what a leg was last asked for by some time of its vantage, in nanoseconds. */
  carrier(end: End, connection: number, time: number): Carrier | null {
    const row = this.#logs[end].lastBefore(connection, time);
    const other = row < 0 ? -1 : this.pairs.partnerOf(end, row);
    if (other < 0) return null;
    const [client, server] = end === 'client' ? [row, other] : [other, row];
    const legs = this.legsOf({ client, server });
    return {
      connection: legs[end === 'client' ? 'server' : 'client'],
      frames: {
        client: this.records.client.log.requests.at(client).frame,
        server: this.records.server.log.requests.at(server).frame,
      },
      weak: this.pairs.certaintyOf(server) !== BY_CONTENT,
    };
  }

  get #isPossible(): boolean {
    return this.records.client.log.requests.length > 0 && this.records.server.log.requests.length > 0;
  }
}
