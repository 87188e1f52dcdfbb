import { handshakeTrip } from '../flow/handshake-trip.js';
import type { FlowLog } from '../flow/log.js';
import { isOver, lifeOf } from './lives.js';
import type { Pairs } from './pairs.js';
import type { SightingList } from './sightings.js';
import { asItIs } from './unpaired-legs.js';

/** The legs of a proxy end within this of one another, as a rule: a round trip to an end that is far away. Nanoseconds. */
const ENDS_APART = 0.2e9;
/** And at least this, for what a proxy itself takes. */
const LEAST_APART = 0.01e9;
/** Where the way to the proxy is known: so many times that, for the ways on both its sides. */
const WAYS = 2;

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
  const trips: number[] = [];
  for (const pair of pairs) {
    if (!pair.weak) continue;
    const here = lifeOf(client, pair.client, asItIs);
    const there = lifeOf(server, pair.server, (time) => time + base);
    if (isOver(here) && isOver(there)) ends.push({ at: here.end, later: there.end - here.end });
    const trip = handshakeTrip(client.connections.at(pair.client));
    if (trip !== null) trips.push(trip);
  }
  if (ends.length === 0) return;
  const middle = median(ends.map(({ later }) => later));
  const spread = median(ends.map(({ later }) => Math.abs(later - middle)));
  const usual = trips.length === 0 ? ENDS_APART : LEAST_APART + WAYS * (median(trips) + spread);
  const apart = Math.min(ENDS_APART, usual);
  for (const { at, later } of ends) {
    if (Math.abs(later - middle) > ENDS_APART) continue;
    toServer.add(at, middle + apart);
    toClient.add(at, middle - apart);
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
