import { InputError } from '../errors.js';
import type { Finding, Result } from '../result.js';
import { didYouMean } from '../suggest.js';
import { address } from './text/units.js';
import { verdictWords } from './text/wording.js';

type Value = string | number;

/** What findings can be sorted by; the worst or the longest last, as `-n` sorts. */
const KEYS = new Map<string, (finding: Finding) => Value>([
  ['time', ({ time }) => time],
  ['idle', ({ idleSeconds }) => idleSeconds ?? -1],
  ['confidence', ({ confidence }) => confidence],
  ['verdict', (finding) => verdictWords(finding)],
  ['client', ({ path }) => sortable(path.client ?? path.lbPeer)],
  ['frontend', ({ path }) => sortable(path.frontend ?? path.backend)],
  ['policy', ({ policyCheck }) => POLICY_RANK[policyCheck?.status ?? 'not-covered']],
  ['impact', ({ impact }) => IMPACT_RANK[impact]],
]);

const POLICY_RANK = { violates: 3, inconclusive: 2, conforms: 1, 'not-covered': 0 } as const;
const IMPACT_RANK = { harmful: 2, unknown: 1, harmless: 0 } as const;

/** The names that findings can be sorted by. */
export const SORT_KEYS: readonly string[] = [...KEYS.keys()];

/** A way to order findings. */
export type Order = (result: Result) => Result;

/**
 * The order that a word such as `idle` or `idle:desc` asks for; findings of one value stay in order of time.
 * @throws InputError where it is none
 */
export function orderNamed(word: string): Order {
  const [name, direction = 'asc', ...more] = word.split(':');
  const key = KEYS.get(name);
  if (key === undefined || more.length > 0 || !['asc', 'desc'].includes(direction))
    throw new InputError(
      `--sort does not know '${word}'${didYouMean(name, SORT_KEYS)}; it takes ${SORT_KEYS.join(', ')}, each with :desc to turn it round`,
    );
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
