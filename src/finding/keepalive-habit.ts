import { probesIn } from '../evidence/probing.js';
import { nearSender, type Packet } from '../evidence/timeline.js';
import type { Habit } from '../policy/exposure/habit.js';

const SECOND = 1e9;
/** Fewer probes in a row are no habit. */
const LEAST_PROBES = 2;

/** How often an end was seen to send keepalives, the last time that it did; null where none did. */
export function keepaliveHabit(timeline: readonly Packet[]): Habit | null {
  const kinds = probesIn(timeline);
  const probing = timeline.map((packet) => kinds.get(packet) === 'keepalive');
  const last = probing.lastIndexOf(true);
  if (last < 0) return null;
  const side = timeline[last].from;
  const spoken = timeline.findLastIndex((packet, at) => at < last && packet.length > 0 && !probing[at]);
  const probes = timeline.filter(
    (packet, at) => at > spoken && at <= last && probing[at] && packet.from === side,
  );
  if (probes.length < LEAST_PROBES) return null;
  const times = [...(spoken < 0 ? [] : [timeline[spoken].time]), ...probes.map(({ time }) => time)];
  const steps = times.slice(1).map((time, i) => time - times[i]);
  return {
    end: side === 0 ? 'client' : 'backend',
    intervalSeconds: Math.max(...steps) / SECOND,
    lastTime: timeline[last].time,
    frames: probes.slice(-LEAST_PROBES).map((packet) => {
      const { end, segment } = nearSender(packet);
      return { vantage: end, frame: segment.frame };
    }),
  };
}
