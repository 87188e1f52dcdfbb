import { formatDuration, secondsToMinutes } from './duration.js';
import { heartbeatRemedy, keepaliveRemedy } from './keepalive.js';
import type { EffectiveTimeout, TimedRemedy } from './model.js';
import type { Instance } from './product.js';
import type { ProductModel, TimerModel } from './product-model.js';
import { shellWord } from './shell.js';

const MILLISECONDS = 1000;

/** What an operator changes on a product that is all data: its setting, and a keepalive that it counts. */
export function genericRemedies(
  model: ProductModel,
  instance: Instance,
  effective: EffectiveTimeout,
  neededSeconds: number | null,
): readonly TimedRemedy[] {
  const winner = effective.considered.find(({ won }) => won)?.name;
  const timer = model.timers.find((one) => `${one.setting} of ${instance.name}` === winner);
  const raise = timer === undefined ? [] : raiseRemedy(timer, instance, effective.seconds, neededSeconds);
  return [...raise, ...activityRemedy(effective, timer)];
}

function raiseRemedy(
  timer: TimerModel,
  instance: Instance,
  seconds: number | null,
  needed: number | null,
): TimedRemedy[] {
  if (needed === null || (seconds ?? 0) > needed) return [];
  const value = roundUp(needed, timer);
  if (!timer.configurable)
    return [
      { text: `${timer.setting} cannot be raised; only activity on the connection helps.`, command: null },
    ];
  if (timer.max !== undefined && value > timer.max)
    return [
      {
        text: `No ${timer.setting} can outlast ${formatDuration(needed)}: the most is ${formatDuration(timer.max)}. Only activity on the connection helps.`,
        command: null,
      },
    ];
  const least = Math.max(value, timer.min ?? 0);
  return [
    {
      text: `Raise ${timer.setting} to ${formatDuration(least)}.`,
      command: timer.change === undefined ? null : filled(timer.change, least, timer, instance),
      raisedTo: least,
    },
  ];
}

/** The next whole value in the vendor's unit that is longer. */
function roundUp(needed: number, timer: TimerModel): number {
  if (timer.unit !== 'min') return Math.floor(needed) + 1;
  return (Math.floor(secondsToMinutes(needed)) + 1) * 60;
}

function filled(template: string, seconds: number, { unit }: TimerModel, { names }: Instance): string {
  const value = unit === 'min' ? secondsToMinutes(seconds) : unit === 'ms' ? seconds * MILLISECONDS : seconds;
  return template.replace('{value}', String(value)).replace(/<([\w-]+)>/g, (placeholder, key: string) => {
    const name = names?.[key];
    return name === undefined ? placeholder : shellWord(name);
  });
}

/** Keepalives where they count, application data where they do not. */
function activityRemedy(
  { seconds, considered }: EffectiveTimeout,
  timer: TimerModel | undefined,
): TimedRemedy[] {
  const known = considered.flatMap((one) => (one.seconds === null ? [] : [one.seconds]));
  const shortest = seconds ?? (known.length === 0 ? null : Math.min(...known));
  if (shortest === null || shortest === Number.POSITIVE_INFINITY) return [];
  const counts = timer === undefined || timer.activity === 'any-packet' || timer.activity === 'unknown';
  return [counts ? keepaliveRemedy(shortest) : heartbeatRemedy(shortest, timer)];
}
