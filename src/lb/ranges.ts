import { formatDuration } from './duration.js';
import type { Instance } from './product.js';
import type { ProductModel, TimerModel } from './product-model.js';

/** Configured values that the product does not accept, or that its vendor's sources disagree on: one sentence each. */
export function rangeProblems(model: ProductModel, { name, settings }: Instance): string[] {
  return model.timers.flatMap((timer) => {
    const set = settings.timers.get(timer.key);
    return set === undefined ? [] : timerProblems(timer, set.value, `${timer.setting} of ${name}`);
  });
}

/** What is wrong with one value of a timer, in seconds, if anything. */
export function timerProblems(timer: TimerModel, seconds: number, name: string): string[] {
  const shown = formatDuration(seconds);
  if (!timer.configurable)
    return [
      `${name} is set to ${shown}, but it cannot be changed: ${defaultText(timer)} (${timer.source.url}).`,
    ];
  if (seconds === Number.POSITIVE_INFINITY) return [];
  const { min, max, warnAbove } = timer;
  if ((min !== undefined && seconds < min) || (max !== undefined && seconds > max))
    return [`${name}, ${shown}, is outside ${rangeText(timer)} (${timer.source.url}).`];
  if (warnAbove !== undefined && seconds > warnAbove.seconds)
    return [
      `${name}, ${shown}, is within ${timer.source.url} but above the ${formatDuration(warnAbove.seconds)} of ${warnAbove.source.url}.`,
    ];
  return [];
}

/** The range of a timer for a reader: `60 s to 6000 s`. */
export function rangeText({ min, max }: Pick<TimerModel, 'min' | 'max'>): string {
  if (min === undefined) return max === undefined ? 'any value' : `at most ${formatDuration(max)}`;
  return max === undefined
    ? `at least ${formatDuration(min)}`
    : `${formatDuration(min)} to ${formatDuration(max)}`;
}

/** The default of a timer for a reader. */
export function defaultText(timer: TimerModel): string {
  const first = timer.default;
  if (first === 'unknown') return 'unknown';
  const own = first === 'none' ? 'no timeout' : formatDuration(first);
  const others = (timer.otherDefaults ?? []).map(({ seconds, when }) => `${formatDuration(seconds)} ${when}`);
  return [own, ...others].join(', or ');
}
