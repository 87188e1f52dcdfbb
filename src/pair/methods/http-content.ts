import type { FlowLog } from '../../flow/log.js';
import { OPENED_BODY, OPENED_BROKEN, OPENED_HTTP, OPENED_SHARED } from '../../flow/opening/beginning.js';
import type { PairingMethod } from '../method.js';
import { ProxyCandidates } from '../proxied.js';
import { streamsOf } from '../streams.js';
import { joinUnique, type Keyed } from '../unique-join.js';

/**
 * Pairs the legs of an HTTP proxy that rewrites header lines: all requests ask for the same, and the first is answered
 * with the same status and the same body.
 */
export const httpContent: PairingMethod = {
  name: 'http-content',
  proxied: true,
  find(context, pair) {
    const { client, server } = context;
    const candidates = new ProxyCandidates(context);
    const [ours, theirs] = [new Askers(client.log), new Askers(server.log)];
    joinUnique(exchanges(client.log), exchanges(server.log), (a, b) => {
      const free = candidates.isFree('client', a) && candidates.isFree('server', b);
      if (free && ours.isOnly(a) && theirs.isOnly(b) && candidates.couldBelong(a, b)) pair(a, b);
    });
  },
};

/** Connections that were asked, and answered, what no other one of the vantage was: what a pool carries counts as well. */
class Askers {
  #only: ReadonlySet<number> | null = null;

  constructor(private readonly log: FlowLog) {}

  isOnly(connection: number): boolean {
    this.#only ??= this.#learn();
    return this.#only.has(connection);
  }

  #learn(): Set<number> {
    const { requests } = this.log;
    const askers = new Map<string, number>();
    for (const row of requests.rows()) {
      const { connection, asked0, asked1, status, bodyLength, body0, body1 } = requests.at(row);
      const words = `${asked0} ${asked1} ${status} ${bodyLength} ${body0} ${body1}`;
      askers.set(words, (askers.get(words) ?? connection) === connection ? connection : SEVERAL);
    }
    return new Set(askers.values());
  }
}

const SEVERAL = -1;

/** Between digests that share a word. */
const STEP = 0x85ebca6b;
const NEEDED = OPENED_HTTP | OPENED_SHARED | OPENED_BROKEN;

function exchanges(log: FlowLog): Keyed {
  const streams = streamsOf(log);
  return {
    length: log.connections.length,
    key: (row, key) => {
      const asked = streams.of(row, 0);
      if (asked === null || (asked.kinds & NEEDED) !== OPENED_HTTP) return false;
      key[0] = asked.requests0;
      key[1] = asked.requests1;
      key[2] = asked.requests;
      const answered = streams.of(row, 1);
      if (answered === null || (answered.kinds & OPENED_BODY) === 0) return false;
      key[0] += Math.imul(answered.id0, STEP);
      key[1] += Math.imul(answered.id1, STEP);
      key[2] += Math.imul(answered.requests0 + answered.requests1, STEP);
      return true;
    },
  };
}
