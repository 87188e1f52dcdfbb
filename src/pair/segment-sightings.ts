import { SEEN_SIDE } from '../flow/connection-flags.js';
import type { FlowLog } from '../flow/log.js';
import type { Pairs } from './pairs.js';
import { plainSegments } from './plain-segments.js';
import type { SightingList } from './sightings.js';
import { joinUnique } from './unique-join.js';

/** Kept segments of a capture that are looked at for the clock: of more, those of every so many-th connection are. */
const ENOUGH_SEGMENTS = 1 << 18;

/** Sightings of kept segments that both vantages show once, for the clock: they reach to the end of the captures. */
export function noteSegmentSightings(
  client: FlowLog,
  server: FlowLog,
  pairs: Pairs,
  base: number,
  sightings: { readonly toServer: SightingList; readonly toClient: SightingList },
): void {
  const stride = Math.ceil(client.segments.length / ENOUGH_SEGMENTS);
  const here = plainSegments(client, (row) => row % stride === 0 && pairs.partnerOf('client', row) >= 0);
  const there = plainSegments(
    server,
    (row) => {
      const partner = pairs.partnerOf('server', row);
      return partner >= 0 && partner % stride === 0;
    },
    (row) => pairs.shiftOf(row),
  );
  joinUnique(here, there, (i, j) => {
    const [ours, theirs] = [here.rows[i], there.rows[j]];
    if (pairs.partnerOf('client', client.kept.at(ours).connection) !== server.kept.at(theirs).connection)
      return;
    const { time, meta } = client.segments.at(ours);
    const list = (meta & SEEN_SIDE) === 0 ? sightings.toServer : sightings.toClient;
    list.add(time, server.segments.at(theirs).time + base - time);
  });
}
