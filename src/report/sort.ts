import { InputError } from '../errors.js';
import type { Finding, Result } from '../result.js';
import { didYouMean } from '../suggest.js';
import { SORT_KEYS, type SortKey } from './sort-keys.js';
import { address } from './text/units.js';
import { verdictWords } from './text/wording.js';

type Value = string | number;

/** The value of a finding by each key; the worst or the longest last, as `sort -n` does it. */
const VALUES: Record<SortKey, (finding: Finding) => Value> = {
  time: ({ time }) => time,
  idle: ({ idleSeconds }) => idleSeconds ?? -1,
  confidence: ({ confidence }) => confidence,
  verdict: (finding) => verdictWords(finding),
  client: ({ path }) => sortable(path.client ?? path.lbPeer),
  frontend: ({ path }) => sortable(path.frontend ?? path.backend),
  policy: ({ policyCheck }) => POLICY_RANK[policyCheck?.status ?? 'not-covered'],
  impact: ({ impact }) => IMPACT_RANK[impact],
};

const POLICY_RANK = { violates: 3, inconclusive: 2, conforms: 1, 'not-covered': 0 } as const;
const IMPACT_RANK = { harmful: 2, unknown: 1, harmless: 0 } as const;

/** A way to order findings. */
export type Order = (result: Result) => Result;

/**
 * The order that a word such as `idle` or `idle:desc` asks for; findings of one value stay in order of time.
 * @throws InputError where it is none
 */
export function orderNamed(word: string): Order {
  const [name, direction = 'asc', ...more] = word.split(':');
  const known = SORT_KEYS.find((key) => key === name);
  if (known === undefined || more.length > 0 || !['asc', 'desc'].includes(direction))
    throw new InputError(
      `--sort does not know '${word}'${didYouMean(name, SORT_KEYS)}; it takes ${SORT_KEYS.join(', ')}, each with :desc to turn it round`,
    );
  const key = VALUES[known];
  const sign = direction === 'desc' ? -1 : 1;
  return (result) => ({
    ...result,
    findings: [...result.findings].sort((a, b) => sign * compare(key(a), key(b))),
  });
}

function compare(a: Value, b: Value): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'en', { numeric: true });
}

function sortable(end: Parameters<typeof address>[0] | null): string {
  return end === null ? '' : address(end);
}
