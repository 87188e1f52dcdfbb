import { InputError } from '../errors.js';
import type { Finding } from '../result.js';
import { didYouMean } from '../suggest.js';
import { CLASSES } from '../words.js';

/** What `--fail-on` understands. */
export const FAIL_ON_WORDS: readonly string[] = ['violation', 'any', 'none', ...CLASSES];

/** Whether a finding makes the exit code 1. */
export type FailOn = (finding: Pick<Finding, 'class' | 'policyCheck'>) => boolean;

/** The test that the words of `--fail-on` ask for. */
export function parseFailOn(words: readonly string[]): FailOn {
  for (const word of words) {
    if (!FAIL_ON_WORDS.includes(word)) {
      throw new InputError(
        `--fail-on does not know '${word}'${didYouMean(word, FAIL_ON_WORDS)}; it takes ${FAIL_ON_WORDS.join(', ')}`,
      );
    }
  }
  const asked = new Set(words);
  if (asked.has('none') && asked.size > 1)
    throw new InputError("--fail-on: 'none' excludes every other word");
  if (asked.has('any')) return () => true;
  return ({ class: name, policyCheck }) =>
    (name !== null && asked.has(name)) || (asked.has('violation') && policyCheck?.status === 'violates');
}
