import { isProbe } from '../evidence/scene.js';
import { nearSender, type Packet } from '../evidence/timeline.js';
import type { Habit } from '../policy/exposure/habit.js';

const SECOND = 1e9;
/** Fewer probes in a row are no habit. */
const LEAST_PROBES = 2;

/** How often an end was seen to send keepalives at the end of what was kept of its connection; null where none did. */
export function keepaliveHabit(timeline: readonly Packet[]): Habit | null {
  const spoken = timeline.findLastIndex(
    (packet, at) => packet.length > 0 && !isProbe(packet, timeline.slice(0, at)),
  );
  const tail = timeline.slice(spoken + 1);
  for (const side of [0, 1] as const) {
    const probes = tail.filter(
      (packet, at) => packet.from === side && isProbe(packet, timeline.slice(0, spoken + 1 + at)),
    );
    if (probes.length < LEAST_PROBES) continue;
    const times = [timeline[spoken]?.time, ...probes.map(({ time }) => time)].filter(
      (time) => time !== undefined,
    );
    const steps = times.slice(1).map((time, i) => time - times[i]);
    return {
      end: side === 0 ? 'client' : 'backend',
      intervalSeconds: Math.max(...steps) / SECOND,
      lastTime: probes[probes.length - 1].time,
      frames: probes.slice(-LEAST_PROBES).map((packet) => {
        const { end, segment } = nearSender(packet);
        return { vantage: end, frame: segment.frame };
      }),
    };
  }
  return null;
}
