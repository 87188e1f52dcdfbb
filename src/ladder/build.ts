import { isProbe } from '../evidence/scene.js';
import { type Packet, timelineOf } from '../evidence/timeline.js';
import type { SeenSegment } from '../flow/connection.js';
import { citedFrame } from '../flow/vantage-record.js';
import type { End, Pairing } from '../pair/path.js';
import type { Ladder, LadderStep } from '../result.js';
import type { Verdict } from '../verdict/verdict.js';
import { flagLetters } from '../wire/tcp-flags.js';
import { decisivePackets } from './choose.js';
import { fateOf } from './fate.js';

const SECOND = 1e9;

/**
 * The decisive packets of a verdict's path at both vantages, on the client's clock.
 * @param zero when the finding happened, in nanoseconds on the client's time line: what the times count from
 */
export function ladderOf(verdict: Verdict, pairing: Pairing, zero: number): Ladder {
  const { path } = verdict.evidenceOf;
  const timeline = verdict.scenes[0]?.scene.timeline ?? timelineOf(path, pairing.clock);
  const places = decisivePackets(timeline, verdict);
  const sighting = (end: End, segment: SeenSegment | null): LadderStep['client'] => {
    if (segment === null) return null;
    const both = path.client !== null && pairing.clock !== null;
    const time = end === 'server' && both ? pairing.clock.toClient(segment.time) : segment.time;
    return { ...citedFrame(pairing[end] ?? {}, segment.frame), seconds: (time - zero) / SECOND };
  };
  const step = (packet: Packet, place: number, skipped: number): LadderStep => ({
    from: packet.from === 0 ? 'client' : 'backend',
    seconds: (packet.time - zero) / SECOND,
    flags: flagLetters(packet.flags),
    length: packet.length,
    seq: packet.seq,
    ack: packet.ack,
    probe: isProbe(packet, timeline.slice(0, place)),
    client: sighting('client', packet.client),
    server: sighting('server', packet.server),
    fate: fateOf(packet, verdict),
    skippedBefore: skipped,
  });
  const steps = places.map((place, i) =>
    step(timeline[place] as Packet, place, place - (places[i - 1] ?? -1) - 1),
  );
  return { steps, skippedAfter: timeline.length - 1 - (places.at(-1) ?? -1) };
}
