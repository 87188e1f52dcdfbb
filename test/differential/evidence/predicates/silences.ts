import { RST } from '../../../support/tshark-packets.js';
import { has, type Sighting } from '../said.js';

/** A RST that ends a silence follows the segment that broke it within this, in nanoseconds. */
const ANSWERED_WITHIN = 1e9;

/** The longest silence of a connection that its first RST, or what came shortly before it, ended; null without a RST. */
export function idleBeforeReset(connection: readonly Sighting[]): number | null {
  const at = connection.findIndex((packet) => has(packet, RST));
  if (at < 0) return null;
  const reset = connection[at];
  const silences = connection
    .slice(0, at + 1)
    .flatMap((packet, i) =>
      i > 0 && Number(reset.time - packet.time) <= ANSWERED_WITHIN
        ? [Number(packet.time - connection[i - 1].time)]
        : [],
    );
  return Math.max(0, ...silences);
}
