import { InputError } from '../errors.js';
import { didYouMean } from '../suggest.js';
import type { ConfigDocument } from './document.js';
import { parseCompoundDuration } from './duration.js';
import { lineOf } from './line-of.js';

type Path = readonly (string | number)[];

/** Reads a document from its root. */
export function readerOf(document: ConfigDocument): Reader {
  return new Reader(document, [], document.value);
}

/** A wrong value is shown up to here; it may be a whole document. */
const SHOWN_LENGTH = 40;

/** Reads values out of a document by their place in it; what is wrong is an InputError that names file, line and key. */
export class Reader {
  constructor(
    private readonly document: ConfigDocument,
    readonly path: Path,
    readonly value: unknown,
  ) {}

  /** The value at a key or an index; its own `value` is undefined where there is none. */
  at(...steps: readonly (string | number)[]): Reader {
    return steps.reduce<Reader>((reader, step) => reader.#into(step), this);
  }

  #into(step: string | number): Reader {
    const isContainer = typeof this.value === 'object' && this.value !== null;
    const inner = isContainer && Object.hasOwn(this.value, step) ? Reflect.get(this.value, step) : undefined;
    return new Reader(this.document, [...this.path, step], inner);
  }

  get missing(): boolean {
    return this.value === undefined || this.value === null;
  }

  /** @throws InputError unless the value is an object with none but these keys */
  async keys(known: readonly string[], whose: string): Promise<string[]> {
    if (typeof this.value !== 'object' || this.value === null || Array.isArray(this.value))
      return this.fail(`expected ${whose}, with the keys ${known.join(', ')}`);
    const keys = Object.keys(this.value);
    const unknown = keys.find((key) => !known.includes(key));
    if (unknown === undefined) return keys;
    const hint = didYouMean(unknown, known);
    return this.at(unknown).refuse(`unknown key${hint}; keys of ${whose} are ${known.join(', ')}`);
  }

  /** @throws InputError unless the value is a list with something in it */
  async items(what: string): Promise<Reader[]> {
    if (!Array.isArray(this.value) || this.value.length === 0) return this.fail(`expected a list of ${what}`);
    return this.value.map((_, index) => this.at(index));
  }

  /** @throws InputError unless the value is one of these words */
  async word(words: readonly string[], what: string): Promise<string> {
    const { value } = this;
    if (typeof value === 'string' && words.includes(value.toLowerCase())) return value.toLowerCase();
    const hint = typeof value === 'string' ? didYouMean(value, words) : '';
    return this.fail(`expected ${what}${hint}`);
  }

  /** @throws InputError unless the value is a text */
  async text(what: string): Promise<string> {
    return typeof this.value === 'string' && this.value !== '' ? this.value : this.fail(`expected ${what}`);
  }

  /** @throws InputError unless the value is a whole number in the range */
  async integer(min: number, max: number, what: string): Promise<number> {
    const { value } = this;
    const fits = Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
    return fits ? (value as number) : this.fail(`expected ${what} from ${min} to ${max}`);
  }

  /** Seconds, Infinity for `none`. @throws InputError unless the value is a duration with its unit */
  async duration(): Promise<number> {
    const { value } = this;
    if (value === 'none') return Number.POSITIVE_INFINITY;
    const seconds = typeof value === 'string' ? parseCompoundDuration(value) : null;
    if (seconds !== null && seconds > 0) return seconds;
    return this.fail('expected a duration with its unit, such as 240s, 4m or 1h, or none');
  }

  /** Seconds of a number in some unit; null where there is nothing. @throws InputError unless it is a number above 0 */
  async seconds(unitSeconds = 1): Promise<number | null> {
    const { value } = this;
    if (value === undefined || value === null) return null;
    if (typeof value === 'number' && Number.isFinite(value) && value > 0) return value * unitSeconds;
    return this.fail('expected a number above 0');
  }

  /** True or false; null where there is nothing. @throws InputError for anything else */
  async flag(): Promise<boolean | null> {
    const { value } = this;
    if (value === undefined || value === null) return null;
    return typeof value === 'boolean' ? value : this.fail('expected true or false');
  }

  /** @throws InputError unless the value is on or off */
  async onOff(): Promise<boolean> {
    const { value } = this;
    if (typeof value === 'boolean') return value;
    if (value === 'on' || value === 'off') return value === 'on';
    const hint = typeof value === 'string' ? didYouMean(value, ['on', 'off']) : '';
    return this.fail(`expected on or off${hint}`);
  }

  /** @throws InputError with what was expected, and what is there instead */
  async fail(expected: string): Promise<never> {
    return this.refuse(`${expected}, got ${described(this.value)}`);
  }

  /** @throws InputError with file, line and key */
  async refuse(what: string): Promise<never> {
    const line = await lineOf(this.document, this.path);
    const place = line === null ? this.document.name : `${this.document.name}:${line}`;
    const key = this.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
    throw new InputError([place, key.replace(/^\./, ''), what].filter((part) => part !== '').join(': '));
  }
}

function described(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'an object';
  const text = JSON.stringify(value);
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}...` : text;
}
