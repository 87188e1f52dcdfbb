import type { FlowLog } from '../flow/log.js';
import { OPENED_BODY } from '../flow/opening/beginning.js';
import type { VantageRecord } from '../flow/vantage-record.js';
import type { Pairs } from './pairs.js';
import { BY_CONTENT, type RequestPairs } from './requests/request-pairs.js';
import type { SightingList } from './sightings.js';
import { type Stream, streamsOf } from './streams.js';

/**
 * What was cause and effect on both sides of a proxy, for the clock: it says nothing to the backend before the client
 * has said something, and sends on no answer before it has it. Toward the client that holds only where the digests say
 * that it is the same answer: a proxy that ends TLS, or answers by itself, has words of its own. A pair that the
 * clock itself told says nothing of it.
 */
export function noteStreamSightings(
  client: FlowLog,
  server: FlowLog,
  pairs: Pairs,
  base: number,
  { toServer, toClient }: { readonly toServer: SightingList; readonly toClient: SightingList },
): void {
  const here = new Uint32Array(3);
  const there = new Uint32Array(3);
  for (const pair of pairs) {
    if (!pair.proxied || pair.weak) continue;
    for (const side of [0, 1] as const) {
      const list = side === 0 ? toServer : toClient;
      const ours = streamsOf(client).of(pair.client, side);
      const theirs = streamsOf(server).of(pair.server, side);
      if (ours === null || theirs === null || ours.length === 0 || theirs.length === 0) continue;
      const { firstTime: at } = ours;
      const difference = theirs.firstTime + base - at;
      const same =
        streamsOf(client).digest(pair.client, side, 'short', here) &&
        streamsOf(server).digest(pair.server, side, 'short', there) &&
        here.every((word, i) => word === there[i]);
      if (side === 0 || same || sameAnswer(ours, theirs)) list.add(at, difference);
    }
  }
}

/**
 * The same of single requests: asked before, answered after. Of those that a proxy tried several times each try was
 * asked after the client had asked, and only one has its answer.
 */
export function noteRequestSightings(
  { log: client }: VantageRecord,
  { log: server }: VantageRecord,
  requests: RequestPairs,
  base: number,
  { toServer, toClient }: { readonly toServer: SightingList; readonly toClient: SightingList },
): void {
  for (const pair of requests) {
    if (pair.certainty !== BY_CONTENT) continue;
    const here = client.requests.at(pair.client);
    const there = server.requests.at(pair.server);
    toServer.add(here.time, there.time + base - here.time);
    if ((here.kinds & there.kinds & OPENED_BODY) === 0) continue;
    if (here.body0 !== there.body0 || here.body1 !== there.body1 || here.bodyLength !== there.bodyLength)
      continue;
    toClient.add(here.answerTime, there.answerTime + base - here.answerTime);
  }
}

/** An HTTP response with the same body: a proxy may have rewritten its header. */
function sameAnswer(ours: Stream, theirs: Stream): boolean {
  const both = ours.kinds & theirs.kinds & OPENED_BODY;
  return (
    both !== 0 && ours.requests0 === theirs.requests0 && ours.id0 === theirs.id0 && ours.id1 === theirs.id1
  );
}
