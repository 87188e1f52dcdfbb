import type { FlowLog } from '../../flow/log.js';
import { OPENED_BODY, OPENED_REQUEST_ID } from '../../flow/opening/beginning.js';
import type { VantageRecord } from '../../flow/vantage-record.js';
import type { PairingContext } from '../method.js';
import { type TimedPair, withoutOutliers } from '../outliers.js';
import type { End } from '../path.js';
import { joinEach, joinUnique, type Keyed } from '../unique-join.js';
import { RequestCandidates } from './candidates.js';
import type { Request } from './request-log.js';
import { BY_CONTENT, type RequestPairs } from './request-pairs.js';

/** Between digests that share a word. */
const STEP = 0x85ebca6b;

type KeyOf = (request: Request, key: Uint32Array, log: FlowLog, end: End) => boolean;

/**
 * Pairs requests by what they say: an identifier of their own, with which a proxy may try several times; the same
 * question with the same answer; the same question for the client that the proxy names.
 */
export function pairByContent(context: PairingContext, found: RequestPairs): void {
  join(context, found, joinEach, identified);
  join(context, found, joinUnique, answered);
  join(context, found, joinUnique, (request, key, log, end) => named(context, request, key, log, end));
}

function join(context: PairingContext, found: RequestPairs, by: typeof joinUnique, keyOf: KeyOf): void {
  const candidates = new RequestCandidates(context, found);
  const { client, server } = context;
  const keyed = (end: End, { log }: VantageRecord): Keyed => ({
    length: log.requests.length,
    key: (row, key) => candidates.isFree(end, row) && keyOf(log.requests.at(row), key, log, end),
  });
  const pairs: TimedPair[] = [];
  by(keyed('client', client), keyed('server', server), (a, b) => {
    if (!candidates.couldBe(a, b)) return;
    const { time } = client.log.requests.at(a);
    pairs.push({ client: a, server: b, ahead: server.log.requests.at(b).time - time });
  });
  for (const one of withoutOutliers(pairs)) found.add(one.client, one.server, BY_CONTENT);
}

/** An identifier, and what was asked: one may stand for a whole trace of requests. */
function identified({ kinds, id0, id1, asked0, asked1 }: Request, key: Uint32Array): boolean {
  key[0] = id0;
  key[1] = id1;
  key[2] = asked0 + Math.imul(asked1, STEP);
  return (kinds & OPENED_REQUEST_ID) !== 0;
}

function answered(request: Request, key: Uint32Array): boolean {
  key[0] = request.asked0 + Math.imul(request.body0, STEP);
  key[1] = request.asked1 + Math.imul(request.body1, STEP);
  key[2] = request.status + Math.imul(request.bodyLength, STEP);
  return (request.kinds & OPENED_BODY) !== 0;
}

/** What was asked, and the client: on its own leg by its address, on the other as the proxy names it. */
function named(
  { client }: PairingContext,
  request: Request,
  key: Uint32Array,
  log: FlowLog,
  end: End,
): boolean {
  const { asked0, asked1, connection, forwarded, forwardedFamily } = request;
  const { family: callerFamily, address0 } = log.connections.at(connection);
  const family = end === 'client' ? callerFamily : forwardedFamily;
  const address =
    end === 'client'
      ? address0
      : family === 6
        ? client.log.addresses.rowOf(log.addresses, forwarded)
        : forwarded;
  key[0] = asked0 + family;
  key[1] = asked1;
  key[2] = address;
  return family !== 0 && address >= 0;
}
