import type { FlowLog } from '../../flow/log.js';
import {
  OPENED_BROKEN,
  OPENED_HTTP,
  OPENED_REQUEST_ID,
  OPENED_SHARED,
} from '../../flow/opening/beginning.js';
import type { PairingMethod } from '../method.js';
import { ProxyCandidates } from '../proxied.js';
import { type Stream, streamsOf } from '../streams.js';
import { joinUnique, type Keyed } from '../unique-join.js';

/**
 * Pairs the legs of an HTTP proxy whose requests are the same, all of them and in the same order: by the identifiers
 * that they carry, else by what they ask for and whom the proxy names as their client (X-Forwarded-For, Forwarded). A
 * leg of a pool, whose requests are of several clients, is nobody's partner.
 */
export const httpForwarded: PairingMethod = {
  name: 'http-forwarded',
  proxied: true,
  find(context, pair) {
    const { client, server, pairs } = context;
    const candidates = new ProxyCandidates(context);
    const take = (a: number, b: number) => {
      const free = candidates.isFree('client', a) && candidates.isFree('server', b);
      if (free && candidates.couldBelong(a, b)) pair(a, b);
    };
    joinUnique(requests(client.log, identified), requests(server.log, identified), take);
    const { connections } = client.log;
    const byCaller = requests(client.log, (stream, key) => {
      const { address0, family } = connections.at(stream.connection);
      return asked(stream, key, family, address0);
    });
    const byForwarded = requests(server.log, (stream, key) => {
      const { forwarded, forwardedFamily: family } = stream;
      const address = family === 6 ? client.log.addresses.rowOf(server.log.addresses, forwarded) : forwarded;
      return family !== 0 && address >= 0 && asked(stream, key, family, address);
    });
    if (pairs.length < connections.length) joinUnique(byCaller, byForwarded, take);
  },
};

function identified(stream: Stream, key: Uint32Array): boolean {
  key[0] = stream.id0;
  key[1] = stream.id1;
  key[2] = stream.requests;
  return (stream.kinds & OPENED_REQUEST_ID) !== 0;
}

/** Spreads the number of requests over a word that the address shares. */
const SPREAD = 0x9e3779b1;

function asked(stream: Stream, key: Uint32Array, family: number, address: number): boolean {
  key[0] = stream.requests0;
  key[1] = stream.requests1;
  key[2] = address ^ Math.imul((stream.requests << 1) | (family === 6 ? 1 : 0), SPREAD);
  return true;
}

/** The legs whose requests were all seen and are one client's, by a key of them. */
function requests(log: FlowLog, keyOf: (stream: Stream, key: Uint32Array) => boolean): Keyed {
  const streams = streamsOf(log);
  return {
    length: log.connections.length,
    key: (row, key) => {
      const stream = streams.of(row, 0);
      if (stream === null) return false;
      const kinds = stream.kinds & (OPENED_HTTP | OPENED_SHARED | OPENED_BROKEN);
      return kinds === OPENED_HTTP && keyOf(stream, key);
    },
  };
}
