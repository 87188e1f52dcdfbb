import type { PairingContext } from '../method.js';
import type { End } from '../path.js';
import { RequestCandidates } from './candidates.js';
import { BY_CONTENT, BY_TIME, type RequestPairs } from './request-pairs.js';

/** A proxy passes on what it is asked within this, unless it answers later still. */
const PASSES_WITHIN = 0.5e9;
/** Order within one capture. */
const ORDER_SLACK = 1e6;
/** Requests in the same words at one time among which none is told any more. */
const MOST_AT_ONCE = 64;

/** Rows of requests in the same words, in the order of time. */
type Alike = ReadonlyMap<string, readonly number[]>;

/**
 * Pairs what is left on a common clock: what a backend was asked lies within what a client asked in the same words,
 * and only one of those fits. Where the answers agree too, or the proxy names the client, that is as good as certain;
 * else it is the times alone that say so.
 */
export function pairByTime(context: PairingContext, found: RequestPairs): void {
  const { clock } = context;
  if (clock === null) return;
  const candidates = new RequestCandidates(context, found);
  const left = (end: End) => alike(context, end, (row) => candidates.isFree(end, row));
  const ofServer = left('server');
  if (ofServer.size === 0) return;
  const ofClient = alike(context, 'client', (row) => isOnLeg(context, row));
  const chosen = new Map<number, number>();
  const claims = new Map<number, number>();
  for (const [words, rows] of ofServer) {
    const asked = ofClient.get(words) ?? [];
    for (const server of rows) {
      const client = onlyFit(context, found, candidates, asked, server);
      if (client < 0) continue;
      chosen.set(server, client);
      if (isAnswered(context, server)) claims.set(client, (claims.get(client) ?? 0) + 1);
    }
  }
  for (const [server, client] of chosen) {
    if ((claims.get(client) ?? 0) > 1) continue;
    const sure =
      candidates.sameAnswer(client, server) === true || candidates.namesItsClient(client, server) === true;
    found.add(client, server, sure ? BY_CONTENT : BY_TIME);
  }
}

/** The one request that the proxy can have asked `server` for, or -1. */
function onlyFit(
  context: PairingContext,
  found: RequestPairs,
  candidates: RequestCandidates,
  asked: readonly number[],
  server: number,
): number {
  const { clock } = context;
  if (clock === null) return -1;
  const slack = 2 * clock.uncertainty + ORDER_SLACK;
  const at = clock.toClient(context.server.log.requests.at(server).time);
  const fits: number[] = [];
  const until = firstAfter(context, asked, at + slack);
  for (let i = until - 1; i >= Math.max(0, until - MOST_AT_ONCE); i -= 1) {
    const client = asked[i];
    if (isOver(context, client, at - slack) || !candidates.couldBe(client, server)) continue;
    if (candidates.sameAnswer(client, server) === false) continue;
    if (found.partnerOf('client', client) < 0 || isEarlierTry(context, found, client, server))
      fits.push(client);
  }
  if (until > MOST_AT_ONCE && !isOver(context, asked[until - MOST_AT_ONCE], at - slack)) return -1;
  const named = fits.filter((client) => candidates.namesItsClient(client, server) === true);
  const [only, another] = named.length > 0 ? named : fits;
  return another === undefined ? (only ?? -1) : -1;
}

/** Whether a request was answered, or given up for lost, by some time of the client's capture. */
function isOver({ client }: PairingContext, row: number, time: number): boolean {
  const { time: asked, answerTime } = client.log.requests.at(row);
  return (answerTime === 0 ? asked + PASSES_WITHIN : answerTime) < time;
}

/** Whether the proxy tried in vain what it then tried again elsewhere. */
function isEarlierTry(context: PairingContext, found: RequestPairs, client: number, server: number): boolean {
  return !isAnswered(context, server) && server < found.partnerOf('client', client);
}

function isAnswered({ server }: PairingContext, row: number): boolean {
  return server.log.requests.at(row).answerTime !== 0;
}

/** Requests of connections that may be a leg of a proxy, whether or not they have a partner. */
function isOnLeg({ client, pairs }: PairingContext, row: number): boolean {
  const { connection } = client.log.requests.at(row);
  return pairs.partnerOf('client', connection) < 0 || pairs.isProxied('client', connection);
}

function alike(context: PairingContext, end: End, isWanted: (row: number) => boolean): Alike {
  const { requests } = context[end].log;
  const groups = new Map<string, number[]>();
  for (const row of requests.rows()) {
    if (!isWanted(row)) continue;
    const { asked0, asked1 } = requests.at(row);
    const words = `${asked0} ${asked1}`;
    const group = groups.get(words);
    if (group === undefined) groups.set(words, [row]);
    else group.push(row);
  }
  return groups;
}

/** How many of the rows, which are in the order of time, were asked by some time of the client's capture. */
function firstAfter({ client }: PairingContext, rows: readonly number[], time: number): number {
  let from = 0;
  let to = rows.length;
  while (from < to) {
    const half = (from + to) >>> 1;
    if (client.log.requests.at(rows[half]).time <= time) from = half + 1;
    else to = half;
  }
  return from;
}
