import { formatDuration } from '../../lb/duration.js';
import type { ExpiryAction } from '../../lb/model.js';
import { type ConfigCheck, type Timed, timed } from './exposure.js';

/** Devices that give a flow up without telling anybody. */
const MUTE: readonly ExpiryAction[] = ['silent-drop', 'lose-affinity', 'unknown'];

/** A device that forgets in silence before the one that would say something. */
export const order: ConfigCheck = {
  id: 'chain/silent-timer-first',
  level: 'warning',
  documentation:
    'Of the timers on the path the shortest ends the flow. Where that device is silent and another one behind it would have reset or closed, the ends hear nothing: the device that tells should be the first to fire.',
  run: ({ devices }) => {
    const timers = devices.filter(({ group }) => group === undefined).flatMap((device) => timed(device));
    if (timers.length < 2) return [];
    const first = timers.reduce((a, b) => (b.seconds < a.seconds ? b : a));
    const telling = timers.filter((timer) => timer !== first && !MUTE.includes(timer.effective.action));
    if (!MUTE.includes(first.effective.action) || telling.length === 0) return [];
    return [wrongOrder(first, telling[0], timers)];
  },
};

function wrongOrder(first: Timed, telling: Timed, timers: readonly Timed[]) {
  const all = timers.map(({ device, seconds }) => `${device.name} ${formatDuration(seconds)}`).join(', ');
  return {
    expected: `${telling.device.name} fires first`,
    observed: `${first.device.name} fires first`,
    text: `On this path, ${all}: ${first.device.name} forgets a flow after ${formatDuration(first.seconds)} without a word, before ${telling.device.name} would tell the ends at ${formatDuration(telling.seconds)}.`,
    source: first.effective.source,
    remedy: [
      {
        text: `Raise the timer of ${first.device.name} above ${formatDuration(telling.seconds)}, or lower that of ${telling.device.name} below ${formatDuration(first.seconds)}.`,
        command: null,
      },
    ],
  };
}
