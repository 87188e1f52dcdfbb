import { InputError } from '../errors.js';
import { didYouMean } from '../suggest.js';

/** A preset as given: `azure-standard:idle=15m,reset=on` taken apart. */
export interface Preset {
  /** The whole text, for messages and for the report's `policy.source`. */
  readonly text: string;
  readonly name: string;
  readonly options: ReadonlyMap<string, string>;
}

/** The name of a preset: what stands before the first colon. */
export function presetName(text: string): string {
  return text.split(':', 1)[0];
}

/**
 * Takes a preset apart; whether its values make sense is for the product to say.
 * @param keys the keys that this preset knows
 * @throws InputError in one line for an unknown, repeated or valueless key
 */
export function parsePreset(text: string, keys: readonly string[]): Preset {
  const name = presetName(text);
  const options = new Map<string, string>();
  for (const part of optionParts(text, name)) {
    const [key, value] = keyAndValue(text, part, keys);
    if (options.has(key)) throw new InputError(`${text}: ${key} is given twice`);
    options.set(key, value);
  }
  return { text, name, options };
}

function optionParts(text: string, name: string): string[] {
  const rest = text.slice(name.length + 1);
  return rest === '' ? [] : rest.split(',');
}

function keyAndValue(text: string, part: string, keys: readonly string[]): [string, string] {
  const equals = part.indexOf('=');
  const key = (equals < 0 ? part : part.slice(0, equals)).trim().toLowerCase();
  if (!keys.includes(key)) {
    throw new InputError(
      `${text}: unknown key "${key}"${didYouMean(key, keys)}; keys are ${keys.join(', ')}`,
    );
  }
  const value = equals < 0 ? '' : part.slice(equals + 1).trim();
  if (value === '') throw new InputError(`${text}: ${key} needs a value, as in ${key}=...`);
  return [key, value];
}
