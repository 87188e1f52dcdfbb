import { formatDuration } from '../../lb/duration.js';
import { countsKeepalives, keepaliveRemedy } from '../../lb/keepalive.js';
import { timerTolerance } from '../case.js';
import { type ConfigCheck, type Exposure, type Timed, timersFor } from './exposure.js';

/** A keepalive as long as the timer, or longer, protects nothing. */
export const keepaliveInterval: ConfigCheck = {
  id: 'keepalive/not-below-timeout',
  level: 'warning',
  documentation:
    'An end sends TCP keepalives, but not before an idle timer on its way fires. An interval equal to the timeout is a race: it counts as unprotected.',
  run: (policy) =>
    (['client', 'backend'] as const).flatMap((end) => {
      const interval = policy.ends[end].keepalive;
      if (interval === undefined) return [];
      const timers = timersFor(end, policy).filter(
        ({ effective }) => countsKeepalives(effective.activity) !== false,
      );
      // The shortest timer decides; a keepalive that is fast enough for it is so for all.
      const [shortest] = timers.sort((a, b) => a.seconds - b.seconds);
      const tooLate =
        shortest !== undefined && interval >= shortest.seconds - timerTolerance(shortest.seconds);
      return tooLate ? [tooSlow(end, interval, shortest)] : [];
    }),
};

/** The exposure of keepalives that come too late for a timer, whether they were configured or seen. */
export function tooSlow(end: string, interval: number, { device, effective, seconds }: Timed): Exposure {
  const relation = interval > seconds ? 'longer than' : interval === seconds ? 'equal to' : 'hardly below';
  const { everySeconds: _, ...remedy } = keepaliveRemedy(seconds);
  return {
    expected: `keepalives well below ${formatDuration(seconds)}`,
    observed: `keepalives every ${formatDuration(interval)}`,
    text: `The ${end} sends TCP keepalives every ${formatDuration(interval)}, ${relation} the ${formatDuration(seconds)} after which ${device.name} gives an idle flow up: they do not protect it.`,
    source: effective.source,
    remedy: [remedy],
  };
}
