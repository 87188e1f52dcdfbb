import { SYN_ACK_SEEN, SYN_REPEATED, SYN_SEEN } from '../flow/connection-flags.js';
import type { VantageRecord } from '../flow/vantage-record.js';
import { isn } from './methods/isn.js';
import { Pairs } from './pairs.js';

/** Share of handshakes that must say so; clocks have grains, and a host may be busy once. */
const AGREEING_SHARE = 0.9;
const WHOLE_HANDSHAKE = SYN_SEEN | SYN_ACK_SEEN;

/**
 * Whether the capture given as the client's was taken nearer to the server than the other one. Between a SYN and its
 * answer more time passes the farther away from the server one looks; each capture's own clock tells, whatever their
 * offset. False when no handshake was seen whole at both.
 */
export function areSwapped(client: VantageRecord, server: VantageRecord): boolean {
  const pairs = new Pairs(client.log.connections.length, server.log.connections.length);
  isn.find({ client, server, pairs, requests: null, clock: null }, (a, b) => pairs.add(a, b, isn));
  let straight = 0;
  let swapped = 0;
  for (const pair of pairs) {
    const a = client.log.connections.at(pair.client);
    const b = server.log.connections.at(pair.server);
    const both = a.flags & b.flags;
    const repeated = (a.flags | b.flags) & SYN_REPEATED;
    if ((both & WHOLE_HANDSHAKE) !== WHOLE_HANDSHAKE || repeated !== 0) continue;
    const atClient = a.synAckTime - a.synTime;
    const atServer = b.synAckTime - b.synTime;
    if (atClient > atServer) straight += 1;
    else if (atClient < atServer) swapped += 1;
  }
  return swapped > 0 && swapped >= AGREEING_SHARE * (swapped + straight);
}

/** The two records with each at the vantage where it was really taken, and a warning where that is not as given. */
export function inOrder(
  client: VantageRecord | null,
  server: VantageRecord | null,
): [VantageRecord | null, VantageRecord | null] {
  if (client === null || server === null || !areSwapped(client, server)) return [client, server];
  return [movedTo('client', server), movedTo('server', client)];
}

function movedTo(vantage: 'client' | 'server', record: VantageRecord): VantageRecord {
  const message = `given as the ${record.vantage}'s capture, but taken nearer to the ${vantage}: handshakes say so; read as the ${vantage}'s`;
  const warning = { code: 'swapped', message, frame: null, byteOffset: null };
  return { ...record, vantage, warnings: [warning, ...record.warnings] };
}
