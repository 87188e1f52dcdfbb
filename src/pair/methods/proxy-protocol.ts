import type { FlowLog } from '../../flow/log.js';
import { OPENED_ANNOUNCED } from '../../flow/opening/beginning.js';
import type { PairingMethod } from '../method.js';
import { ProxyCandidates } from '../proxied.js';
import { streamsOf } from '../streams.js';
import { joinUnique, type Keyed } from '../unique-join.js';

/**
 * Pairs the legs of a proxy by the PROXY protocol: the server's leg begins with the client's address and port. One that
 * says LOCAL, or names the proxy, is a health check and finds no partner.
 */
export const proxyProtocol: PairingMethod = {
  name: 'proxy-protocol',
  proxied: true,
  find(context, pair) {
    const { client, server } = context;
    const candidates = new ProxyCandidates(context);
    joinUnique(
      callers(client.log, (row) => candidates.isFree('client', row)),
      announced(server.log, client.log, (row) => candidates.isFree('server', row)),
      (a, b) => {
        if (candidates.couldBelong(a, b)) pair(a, b);
      },
    );
  },
};

function callers({ connections }: FlowLog, isFree: (row: number) => boolean): Keyed {
  return {
    length: connections.length,
    key: (row, key) => {
      const { family, address0, port0 } = connections.at(row);
      key[0] = address0;
      key[1] = port0;
      key[2] = family;
      return isFree(row);
    },
  };
}

/** IPv6 addresses are rows of a table that each log has its own of. */
function announced(log: FlowLog, other: FlowLog, isFree: (row: number) => boolean): Keyed {
  const streams = streamsOf(log);
  return {
    length: log.connections.length,
    key: (row, key) => {
      const stream = streams.of(row, 0);
      if (stream === null || (stream.kinds & OPENED_ANNOUNCED) === 0) return false;
      const { sourceFamily, source, sourcePort } = stream;
      const address = sourceFamily === 4 ? source : other.addresses.rowOf(log.addresses, source);
      key[0] = address;
      key[1] = sourcePort;
      key[2] = sourceFamily;
      return address >= 0 && isFree(row);
    },
  };
}
