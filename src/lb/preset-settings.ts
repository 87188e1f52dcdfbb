import { InputError } from '../errors.js';
import { didYouMean } from '../suggest.js';
import { parseCompoundDuration } from './duration.js';
import type { Preset } from './preset.js';
import type { Settings, SetValue } from './product.js';
import type { ProductModel } from './product-model.js';

const SWITCH: Readonly<Record<string, boolean>> = { on: true, off: false };
/** How a preset or a policy file turns a timer off. */
export const NO_TIMEOUT = 'none';

/**
 * What the options of a preset set.
 * @throws InputError in one line for a value that is no duration or switch
 */
export function presetSettings({ text, options }: Preset, model: ProductModel): Settings {
  const timers = new Map<string, SetValue<number>>();
  const switches = new Map<string, SetValue<boolean>>();
  const isSwitch = (key: string) => model.switches?.some((one) => one.key === key) === true;
  for (const [key, value] of options) {
    const origin = `preset ${text}`;
    if (isSwitch(key)) switches.set(key, { value: switchOf(text, key, value), origin });
    else timers.set(key, { value: secondsOf(text, key, value), origin });
  }
  return { timers, switches };
}

function secondsOf(text: string, key: string, value: string): number {
  if (value.toLowerCase() === NO_TIMEOUT) return Number.POSITIVE_INFINITY;
  const seconds = parseCompoundDuration(value);
  if (seconds !== null && seconds > 0) return seconds;
  throw new InputError(
    `${text}: ${key}=${value} is no duration; give a number above 0 with s, m or h, as in ${key}=15m`,
  );
}

/**
 * `on` or `off`.
 * @throws InputError for anything else
 */
export function switchOf(text: string, key: string, value: string): boolean {
  const word = value.toLowerCase();
  if (Object.hasOwn(SWITCH, word)) return SWITCH[word];
  throw new InputError(`${text}: ${key}=${value}${didYouMean(word, Object.keys(SWITCH))}; it is on or off`);
}
