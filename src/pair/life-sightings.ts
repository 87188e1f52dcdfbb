import type { FlowLog } from '../flow/log.js';
import { isOver, lifeOf } from './lives.js';
import type { Pairs } from './pairs.js';
import type { SightingList } from './sightings.js';
import { asItIs } from './unpaired-legs.js';

/** The legs of a proxy end within this of one another, as a rule: a round trip to an end that is far away. Nanoseconds. */
const ENDS_APART = 0.2e9;

/**
 * What pairs that times alone told say of the clock, where nothing else says anything: their legs ended together. Of one
 * pair that need not be so, of most it is; what the way took is not known, so that this is as wide as a long one.
 */
export function noteLifeSightings(
  client: FlowLog,
  server: FlowLog,
  pairs: Pairs,
  base: number,
  { toServer, toClient }: { readonly toServer: SightingList; readonly toClient: SightingList },
): void {
  const ends: { readonly at: number; readonly later: number }[] = [];
  for (const pair of pairs) {
    if (!pair.weak) continue;
    const here = lifeOf(client, pair.client, asItIs);
    const there = lifeOf(server, pair.server, (time) => time + base);
    if (isOver(here) && isOver(there)) ends.push({ at: here.end, later: there.end - here.end });
  }
  if (ends.length === 0) return;
  const middle = ends.map(({ later }) => later).sort((a, b) => a - b)[ends.length >> 1];
  for (const { at, later } of ends) {
    if (Math.abs(later - middle) > ENDS_APART) continue;
    toServer.add(at, middle + ENDS_APART);
    toClient.add(at, middle - ENDS_APART);
  }
}
