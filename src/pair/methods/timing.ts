import type { FlowLog } from '../../flow/log.js';
import { OPENED_HTTP } from '../../flow/opening/beginning.js';
import type { PairingMethod } from '../method.js';
import { ProxyCandidates } from '../proxied.js';
import { Proxies } from '../proxies.js';
import { streamsOf } from '../streams.js';
import { joinUnique, type Keyed } from '../unique-join.js';

/** A proxy passes on what a client begins with within this. */
const PASSES_WITHIN = 0.5e9;
/** Order within one capture. */
const ORDER_SLACK = 1e6;

/**
 * Pairs what is left of a proxy whose other legs are known, on the clock that those gave: legs on which the client's
 * words began at the same time, and of all that are left only these two begin with such words. Weak: nothing of what
 * was answered bears it out.
 */
export const timing: PairingMethod = {
  name: 'timing',
  proxied: true,
  weak: true,
  find(context, pair) {
    const { client, server, pairs, requests, clock } = context;
    const anyProxied = pairs.length > pairs.forwarded || (requests?.pairs.length ?? 0) > 0;
    if (clock === null || !anyProxied) return;
    const candidates = new ProxyCandidates(context);
    const proxies = new Proxies(pairs, client, server, requests);
    const slack = 2 * clock.uncertainty + ORDER_SLACK;
    joinUnique(
      beginnings(client.log, (row) => candidates.isFree('client', row)),
      beginnings(server.log, (row) => candidates.isFree('server', row) && proxies.isLeg('server', row)),
      (a, b) => {
        const left = streamsOf(client.log).of(a, 0)?.firstTime ?? 0;
        const passed = clock.toClient(streamsOf(server.log).of(b, 0)?.firstTime ?? 0) - left;
        const inTime = passed >= -slack && passed <= PASSES_WITHIN + slack;
        if (inTime && candidates.couldBelong(a, b)) pair(a, b);
      },
    );
  },
};

/** What the client said first, as far as a proxy does not change it: all requests, or all bytes. */
function beginnings(log: FlowLog, isFree: (row: number) => boolean): Keyed {
  const streams = streamsOf(log);
  return {
    length: log.connections.length,
    key: (row, key) => {
      const said = streams.of(row, 0);
      if (said === null || said.length === 0) return false;
      const isHttp = (said.kinds & OPENED_HTTP) !== 0;
      key[0] = isHttp ? said.requests0 : said.digest0;
      key[1] = isHttp ? said.requests1 : said.digest1;
      key[2] = isHttp ? said.requests : said.length;
      return isFree(row);
    },
  };
}
