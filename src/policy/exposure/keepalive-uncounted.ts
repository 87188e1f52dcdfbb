import { formatDuration } from '../../lb/duration.js';
import { countsKeepalives, safeInterval } from '../../lb/keepalive.js';
import { type ConfigCheck, type Exposure, type Timed, timersFor } from './exposure.js';

/** TCP keepalives never cross a proxy, and do not restart the timers of most. */
export const keepaliveUncounted: ConfigCheck = {
  id: 'keepalive/not-counted',
  level: 'contradiction',
  documentation:
    "An end relies on TCP keepalives, but the next timer on its way counts only data or requests: the proxy's kernel answers the keepalives, and the timer goes on.",
  run: (policy) =>
    (['client', 'backend'] as const).flatMap((end) => {
      const interval = policy.ends[end].keepalive;
      if (interval === undefined) return [];
      return timersFor(end, policy)
        .filter(({ effective }) => countsKeepalives(effective.activity) === false)
        .map((timer) => uncounted(end, interval, timer));
    }),
};

/** The exposure of keepalives that a timer does not count, whether they were configured or seen. */
export function uncounted(end: string, interval: number, { device, effective, seconds }: Timed): Exposure {
  const counted = effective.activity === 'http' ? 'requests' : 'data';
  return {
    expected: `${counted} within ${formatDuration(seconds)}`,
    observed: `keepalives every ${formatDuration(interval)}`,
    text: `The ${end} sends TCP keepalives every ${formatDuration(interval)}, but ${device.name} counts only ${counted}: after ${formatDuration(seconds)} without, it ends the connection all the same (${effective.source.url}).`,
    source: effective.source,
    remedy: [
      {
        text: `Send application data, such as a heartbeat, at least every ${formatDuration(safeInterval(seconds))}, or raise the timeout.`,
        command: null,
      },
    ],
  };
}
