import { OPENED_BODY, OPENED_REQUEST_ID } from '../../flow/opening/beginning.js';
import type { PairingContext } from '../method.js';
import type { End } from '../path.js';
import { ProxyCandidates } from '../proxied.js';
import type { RequestPairs } from './request-pairs.js';

/** Order within one capture. */
const ORDER_SLACK = 1e6;

/**
 * Which requests two vantages may have as one. Their connections may be the legs of one proxy, which has numbers of its
 * own on each, and if these have a partner each, it is the other one; what the proxy asked it had been asked before, and it was answered before it
 * answered.
 */
export class RequestCandidates {
  readonly #legs: ProxyCandidates;

  constructor(
    private readonly context: PairingContext,
    private readonly found: RequestPairs,
  ) {
    this.#legs = new ProxyCandidates(context);
  }

  /** Whether a request can still be found a partner; one of the client's may have several. */
  isFree(end: End, row: number): boolean {
    const { connection } = this.context[end].log.requests.at(row);
    if (this.found.partnerOf(end, row) >= 0) return false;
    const { pairs } = this.context;
    if (pairs.partnerOf(end, connection) >= 0) return pairs.isProxied(end, connection);
    return this.#legs.isFree(end, connection);
  }

  /** Whether nothing contradicts that the proxy asked `server` for `client`. */
  couldBe(client: number, server: number): boolean {
    const here = this.context.client.log.requests.at(client);
    const there = this.context.server.log.requests.at(server);
    const { pairs } = this.context;
    const owner = pairs.partnerOf('server', there.connection);
    const fits =
      owner >= 0 ? owner === here.connection : this.#legs.couldBelong(here.connection, there.connection);
    if (!fits) return false;
    if (here.seq === there.seq || (here.timestamp !== 0 && here.timestamp === there.timestamp)) return false;
    const both = here.kinds & there.kinds;
    if ((both & OPENED_REQUEST_ID) !== 0 && (here.id0 !== there.id0 || here.id1 !== there.id1)) return false;
    return this.isInTime(client, server);
  }

  /** Whether one request lies within the other, as far as a common clock tells. */
  isInTime(client: number, server: number): boolean {
    const { clock } = this.context;
    if (clock === null) return true;
    const slack = 2 * clock.uncertainty + ORDER_SLACK;
    const here = this.context.client.log.requests.at(client);
    const there = this.context.server.log.requests.at(server);
    const asked = clock.toClient(there.time);
    if (asked < here.time - slack) return false;
    if (here.answerTime === 0) return true;
    if (asked > here.answerTime + slack) return false;
    return there.answerTime === 0 || clock.toClient(there.answerTime) <= here.answerTime + slack;
  }

  /** Whether both were answered in the same words: null where one of them has none to compare. */
  sameAnswer(client: number, server: number): boolean | null {
    const here = this.context.client.log.requests.at(client);
    const there = this.context.server.log.requests.at(server);
    if (here.answerTime === 0 || there.answerTime === 0) return null;
    if (here.status !== there.status) return false;
    if ((here.kinds & there.kinds & OPENED_BODY) === 0) return null;
    return here.bodyLength === there.bodyLength && here.body0 === there.body0 && here.body1 === there.body1;
  }

  /** Whether the server's vantage names as its client the one that asked; null where it names none that is known. */
  namesItsClient(client: number, server: number): boolean | null {
    const { log } = this.context.client;
    const there = this.context.server.log.requests.at(server);
    if (there.forwardedFamily === 0) return null;
    const { family, address0 } = log.connections.at(log.requests.at(client).connection);
    const address =
      there.forwardedFamily === 6
        ? log.addresses.rowOf(this.context.server.log.addresses, there.forwarded)
        : there.forwarded;
    return family === there.forwardedFamily && address === address0;
  }
}
