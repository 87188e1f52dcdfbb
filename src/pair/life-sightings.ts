import type { FlowLog } from '../flow/log.js';
import { isClosed, type Life, lifeOf } from './lives.js';
import type { Pairs } from './pairs.js';
import type { SightingList } from './sightings.js';
import { asItIs } from './unpaired-legs.js';

/** Pauses whose lengths differ by no more than this on both legs are one: nanoseconds. */
const ONE_PAUSE = 0.02e9;

/**
 * What pairs that times alone told say of the clock, where nothing else says anything: a proxy opens its leg after the
 * client has opened its own, and what the backend says is on its way to the client as long as that leg is open.
 */
export function noteLifeSightings(
  client: FlowLog,
  server: FlowLog,
  pairs: Pairs,
  base: number,
  { toServer, toClient }: { readonly toServer: SightingList; readonly toClient: SightingList },
): void {
  for (const pair of pairs) {
    if (!pair.weak) continue;
    const here = lifeOf(client, pair.client, asItIs);
    const there = lifeOf(server, pair.server, (time) => time + base);
    if (here.begin !== null && there.begin !== null) toServer.add(here.begin, there.begin - here.begin);
    if (isClosed(here) && isClosed(there) && there.answered !== null)
      toClient.add(here.end, there.answered - here.end);
    const pause = commonPause(here, there);
    if (pause !== null) (pause.ender === 0 ? toServer : toClient).add(pause.end, pause.later);
  }
}

/** The pause that both legs had: who ended it, when, and how much later on the server's leg; null where it was not the same one. */
function commonPause({ pause: here }: Life, { pause: there }: Life) {
  if (here === null || there === null || here.ender !== there.ender) return null;
  const longer = there.end - there.begin - (here.end - here.begin);
  if (Math.abs(longer) > ONE_PAUSE) return null;
  return { ender: here.ender, end: here.end, later: there.end - here.end };
}
