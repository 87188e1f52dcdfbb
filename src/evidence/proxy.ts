import type { SeenSegment } from '../flow/connection.js';
import type { Clock } from '../pair/clock.js';
import type { Path } from '../pair/path.js';
import { FIN, RST } from '../wire/tcp-flags.js';

/** What became of the leg beyond the proxy, as far as it bears on this one. */
export interface Beyond {
  /** When the far end reset its leg, on the client's time line, and the segment; null when it did not. */
  readonly reset: { readonly time: number; readonly segment: SeenSegment } | null;
  /** The capture shows how that leg ended: a reset that it does not show was none. */
  readonly ended: boolean;
  /** False while the captures have no common clock. */
  readonly timed: boolean;
}

/**
 * The other leg of a proxied path, as its far end ended it.
 * @param path the leg at hand
 * @param whole both; null where the other one is not known
 */
export function beyondProxy(path: Path, whole: Path, clock: Clock | null): Beyond | null {
  if (path.mode !== 'proxy' || path === whole) return null;
  const far = path.client === null ? 'client' : 'server';
  const side = far === 'client' ? 0 : 1;
  const leg = whole[far];
  const timed = clock !== null;
  const segment = leg?.segments.find((one) => one.from === side && (one.flags & RST) !== 0);
  const ended =
    leg?.closedByFin === true || leg?.segments.some((one) => (one.flags & (FIN | RST)) !== 0) === true;
  if (segment === undefined) return { reset: null, ended, timed };
  const time = far === 'server' && clock !== null ? clock.toClient(segment.time) : segment.time;
  return { reset: { time, segment }, ended, timed };
}
