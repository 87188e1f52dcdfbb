import type { VantageRecord } from '../flow/vantage-record.js';
import { type Clock, estimateClock } from './clock.js';
import type { PairingContext } from './method.js';
import { Pairs } from './pairs.js';
import { RequestPairing } from './requests/index.js';

/** What has been found so far; each method has the clock of all that was found before it. */
export class PairingInProgress implements PairingContext {
  readonly pairs: Pairs;
  readonly requests: RequestPairing;
  #clock: Clock | null = null;
  /** How many pairs, and pairs of requests, the clock rests on. */
  #restsOn = 0;
  #isStale = false;

  constructor(
    readonly client: VantageRecord,
    readonly server: VantageRecord,
  ) {
    this.pairs = new Pairs(client.log.connections.length, server.log.connections.length);
    this.requests = new RequestPairing({ client, server });
  }

  /** To be called before each method: what it finds itself does not move its clock. */
  goOn(): void {
    this.#isStale ||= this.pairs.length + this.requests.pairs.length > this.#restsOn;
  }

  /** Estimated anew only for who asks, and only where there is more to go by: handshakes alone, which tell at once. */
  get clock(): Clock | null {
    if (this.#isStale) {
      const { client, server, pairs, requests } = this;
      this.#restsOn = pairs.length + requests.pairs.length;
      this.#clock = estimateClock(client, server, pairs, requests.pairs, 'handshakes');
      this.#isStale = false;
    }
    return this.#clock;
  }
}
