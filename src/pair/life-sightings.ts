import type { FlowLog } from '../flow/log.js';
import { isClosed, lifeOf } from './lives.js';
import type { Pairs } from './pairs.js';
import type { SightingList } from './sightings.js';
import { asItIs } from './unpaired-legs.js';

/**
 * What pairs that times alone told say of the clock, where nothing else says anything: a proxy opens its leg after the
 * client has opened its own, and what the backend says reaches the client before that leg is closed. That is far from
 * tight, but nothing else is sure: a pause may end on both legs for a reason on each.
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
  }
}
