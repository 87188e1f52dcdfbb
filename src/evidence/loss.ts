import type { End, Path } from '../pair/path.js';
import { bytesSeenAt, endOf, isReset, type Packet } from './timeline.js';

/**
 * Share of segments that a capture failed to record: those that arrived at the other vantage, so they must have
 * passed this one. 0 where none is known to be missing.
 */
export function captureLoss(
  end: End,
  timelines: readonly { readonly path: Path; readonly timeline: readonly Packet[] }[],
): number {
  let missing = 0;
  let seen = 0;
  for (const { path, timeline } of timelines) {
    if (path.client === null || path.server === null) continue;
    for (const packet of passing(end, path, timeline)) {
      if (packet[end] !== null || bytesSeenAt(end, packet, timeline)) seen += 1;
      else missing += 1;
    }
  }
  return missing === 0 ? 0 : missing / (missing + seen);
}

/** Segments that were sent at `end` and arrived, as far back as that capture's segments were kept. */
function passing(end: End, path: Path, timeline: readonly Packet[]): Packet[] {
  const far: End = end === 'client' ? 'server' : 'client';
  const since = timeline.find((packet) => packet[end] !== null);
  if (since === undefined || path[end] === null) return [];
  return timeline.filter(
    (packet) =>
      endOf(packet.from) === end && packet[far] !== null && !isReset(packet) && packet.time >= since.time,
  );
}
