import type { End, Path } from '../pair/path.js';
import { bytesSeenAt, endOf, isReset, type Packet } from './timeline.js';

const ENDS: readonly End[] = ['client', 'server'];

/** Share of segments, by end. */
export type Loss = Readonly<Record<End, number>>;

export const NO_LOSS: Loss = { client: 0, server: 0 };

/**
 * Share of segments that each capture failed to record: those that arrived at the other vantage, so they must have
 * passed this one. 0 where none is known to be missing.
 */
export function captureLoss(
  timelines: Iterable<{ readonly path: Path; readonly timeline: readonly Packet[] }>,
): Loss {
  const missing = { client: 0, server: 0 };
  const seen = { client: 0, server: 0 };
  for (const { path, timeline } of timelines) {
    if (path.client === null || path.server === null || !isWhole(path)) continue;
    for (const end of ENDS) {
      for (const packet of passing(end, timeline)) {
        const recorded = packet[end] !== null || bytesSeenAt(end, packet, timeline);
        (recorded ? seen : missing)[end] += 1;
      }
    }
  }
  const share = (end: End) => (missing[end] === 0 ? 0 : missing[end] / (missing[end] + seen[end]));
  return { client: share('client'), server: share('server') };
}

/** What a box that answers SYNs in the backend's place sends by itself is missing at neither vantage. */
function isWhole({ client, server }: Path): boolean {
  return [client, server].every((one) => one !== null && (one.midStream || one.synAckSeen));
}

/** Segments that were sent at `end` and arrived, as far back as that capture's segments were kept. */
function passing(end: End, timeline: readonly Packet[]): Packet[] {
  const far: End = end === 'client' ? 'server' : 'client';
  const since = timeline.find((packet) => packet[end] !== null);
  if (since === undefined) return [];
  return timeline.filter(
    (packet) =>
      endOf(packet.from) === end && packet[far] !== null && !isReset(packet) && packet.time >= since.time,
  );
}
