import type { Checked, CheckedPair } from '../../project/judge.js';
import type { Finding } from '../../result.js';
import type { ReportOptions } from '../types.js';

/** A format of a check: all pairs in, the whole text out. */
export type CheckReporter = (checked: Checked, options: Omit<ReportOptions, 'fails'>) => string;

/** Whether a finding of a pair fails the check. */
export function failsIn({ standings }: CheckedPair): (finding: Finding) => boolean {
  return ({ id }) => standings.get(id)?.status === 'fails';
}

/** How many findings of a pair stand how, in words: `2 fail, 1 allowed`. */
export function standingWords({ standings }: CheckedPair): string {
  const counts = new Map<string, number>();
  for (const { status } of standings.values()) counts.set(status, (counts.get(status) ?? 0) + 1);
  const words = {
    fails: 'new and failing',
    allowed: 'allowed',
    known: 'known',
    tolerated: 'tolerated',
    passes: 'passing',
  };
  const parts = Object.entries(words).flatMap(([status, word]) => {
    const count = counts.get(status);
    return count === undefined ? [] : [`${count} ${word}`];
  });
  return parts.join(', ') || 'no findings';
}

/** The outcome in one sentence. */
export function outcomeOf({ pairs }: Checked): string {
  const failing = pairs.filter((pair) => pair.result.findings.some(failsIn(pair)));
  const count = failing.reduce((sum, pair) => sum + pair.result.findings.filter(failsIn(pair)).length, 0);
  if (count === 0) return `passed: ${pairs.length} of ${pairs.length} pairs`;
  return `failed: ${count} ${count === 1 ? 'finding' : 'findings'} in ${failing.length} of ${pairs.length} pairs`;
}
