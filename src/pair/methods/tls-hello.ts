import type { FlowLog } from '../../flow/log.js';
import { OPENED_HELLO } from '../../flow/opening/beginning.js';
import type { PairingMethod } from '../method.js';
import { ProxyCandidates } from '../proxied.js';
import { streamsOf } from '../streams.js';
import { joinUnique, type Keyed } from '../unique-join.js';

/** Pairs the legs of a proxy that passes TLS through, by the random and session id of the ClientHello. */
export const tlsHello: PairingMethod = {
  name: 'tls-hello',
  proxied: true,
  find(context, pair) {
    const { client, server } = context;
    const candidates = new ProxyCandidates(context);
    joinUnique(hellos(client.log), hellos(server.log), (a, b) => {
      const free = candidates.isFree('client', a) && candidates.isFree('server', b);
      if (free && candidates.couldBelong(a, b)) pair(a, b);
    });
  },
};

function hellos(log: FlowLog): Keyed {
  const streams = streamsOf(log);
  return {
    length: log.connections.length,
    key: (row, key) => {
      const stream = streams.of(row, 0);
      if (stream === null || (stream.kinds & OPENED_HELLO) === 0) return false;
      key[0] = stream.hello0;
      key[1] = stream.hello1;
      return true;
    },
  };
}
