import { MID_STREAM, SEEN_SIDE, SIDE_ACK_SEEN, SYN_ACK_SEEN, SYN_SEEN } from '../flow/connection-flags.js';
import type { VantageRecord } from '../flow/vantage-record.js';
import { TUNNEL_NONE, tunnelName } from '../wire/tunnel-kind.js';
import { keptRows } from './agreement.js';
import type { Pairing } from './path.js';

/** Connections that show it before it is said of a point between that answers do not pass it. */
const LEAST_ONE_WAY = 3;
/** Of its connections those that may show something else: a capture begins somewhere. */
const MOST_OTHERS = 0.1;

const COUNTS_ONE_WAY = 'its idle timer counts what clients send, and nothing that backends answer';

/**
 * Says of the server's capture that requests come to it through a tunnel, under the address that the client called, and
 * answers leave it beside that tunnel: direct server return, as IPVS in tunnel mode does it and many balancers with GRE,
 * GUE or Geneve (http://www.linuxvirtualserver.org/VS-IPTunneling.html).
 */
export function withDirectReturn(pairing: Pairing): Pairing {
  const { server } = pairing;
  const tunnel = server === null ? null : tunnelOfRequests(pairing, server);
  if (server === null || tunnel === null) return pairing;
  const message = `direct server return: requests arrive in ${tunnel}, answers go to the client beside it; the load balancer sees one direction only: ${COUNTS_ONE_WAY}`;
  return { ...pairing, server: warned(server, message) };
}

/** Says of a point between both ends that it sees only what clients send. */
export function withOneWay(record: VantageRecord): VantageRecord {
  if (!seesOneWay(record)) return record;
  const message = `only what clients send passes here, no answer does (direct server return, or a second path): a load balancer at this point sees one direction; ${COUNTS_ONE_WAY}`;
  return warned(record, message);
}

/** The tunnel that all requests of some paired connection came in, while its answers came in none. */
function tunnelOfRequests(pairing: Pairing, { log }: VantageRecord): string | null {
  for (const pair of pairing.pairs) {
    if (pair.proxied || !keepsFrontend(pairing, pair)) continue;
    let carried = TUNNEL_NONE;
    const seen = { plainRequests: 0, plainAnswers: 0, carriedAnswers: 0 };
    for (const row of keptRows(log, pair.server)) {
      const { tunnel, meta } = log.segments.at(row);
      if ((meta & SEEN_SIDE) !== 0) seen[tunnel === TUNNEL_NONE ? 'plainAnswers' : 'carriedAnswers'] += 1;
      else if (tunnel === TUNNEL_NONE) seen.plainRequests += 1;
      else carried = tunnel;
    }
    const isDirect = seen.plainAnswers > 0 && seen.plainRequests + seen.carriedAnswers === 0;
    if (carried !== TUNNEL_NONE && isDirect) return tunnelName(carried);
  }
  return null;
}

/** Whether the backend answers under the very address that the client called. */
function keepsFrontend(pairing: Pairing, { client, server }: { client: number; server: number }): boolean {
  const [here, there] = [pairing.endpointOf('client', client, 1), pairing.endpointOf('server', server, 1)];
  return here.ip === there.ip && here.port === there.port;
}

/** Whether connections that were opened here and went on were answered nowhere. */
function seesOneWay({ log }: VantageRecord): boolean {
  let oneWay = 0;
  let others = 0;
  for (const row of log.connections.rows()) {
    const { flags, detail, firstFrame, lastFrame } = log.connections.at(row);
    if ((flags & MID_STREAM) !== 0 || firstFrame === lastFrame) continue;
    const wentOn = detail >= 0 && (log.details.at(detail).flags & SIDE_ACK_SEEN) !== 0;
    const answered = detail < 0 || log.details.at(detail + 1).segments > 0;
    if ((flags & SYN_SEEN) !== 0 && (flags & SYN_ACK_SEEN) === 0 && wentOn && !answered) oneWay += 1;
    else others += 1;
  }
  return oneWay >= LEAST_ONE_WAY && others <= MOST_OTHERS * oneWay;
}

function warned(record: VantageRecord, message: string): VantageRecord {
  const warning = { code: 'direct-return', message, frame: null, byteOffset: null };
  return { ...record, warnings: [...record.warnings, warning] };
}
