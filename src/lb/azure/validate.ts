import type { z } from 'zod';
import { InputError } from '../../errors.js';
import { isObject, writtenPath } from './json-form.js';
import type { Item } from './recognise.js';

/** A wrong value is shown up to here; it may be a whole document. */
const SHOWN_LENGTH = 40;

/**
 * The item's value as its schema types it.
 * @throws PlacedError `file: key.path: expected X, got Y` for the first value that does not fit
 */
export function validated<T>(schema: z.ZodType<T>, item: Item): T {
  const parsed = schema.safeParse(item.value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const got = described(valueAt(item.value, issue.path));
  const path = [item.place, writtenPath(item.written, issue.path)].filter((part) => part !== '').join('.');
  throw new PlacedError(item.file, path, `expected ${expectation(issue)}, got ${got}`);
}

/** A wrong value with its place in the file, for whoever can tell the line. */
export class PlacedError extends InputError {
  constructor(
    readonly file: string,
    /** As in `properties.loadBalancingRules[0].name`. */
    readonly place: string,
    readonly what: string,
  ) {
    super(`${file}: ${place}: ${what}`);
  }

  /** The same with the line of the value, from 1. */
  atLine(line: number): InputError {
    return new InputError(`${this.file}:${line}: ${this.place}: ${this.what}`);
  }

  /** The place step by step; numbers are places in lists. */
  get path(): (string | number)[] {
    return [...this.place.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([text, index]) =>
      index === undefined ? text : Number(index),
    );
  }
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, key) => (isContainer(at) ? Reflect.get(at, key) : undefined), value);
}

function isContainer(value: unknown): value is object {
  return isObject(value) || Array.isArray(value);
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return TYPE_WORDS[issue.expected] ?? issue.expected;
  if (issue.code === 'too_small') return `${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
  return issue.code === 'too_big' ? `at most ${issue.maximum}` : issue.message;
}

function described(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (isObject(value)) return 'an object';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}...` : text;
}
