import type { FactId } from '../evidence/fact.js';

/** Facts that rest on the same observation, and what all of them together may add, in decibans. */
export interface Cap {
  readonly facts: readonly FactId[];
  readonly most: number;
}

/** One claim of whoever built the RST, told in several ways: less than what would decide alone. */
const CLAIMS: readonly FactId[] = [
  'declares-reason',
  'declares-idle-timeout',
  'declares-keepalive-failure',
  'declares-relayed-reset',
  'declares-abort',
  'declares-late-data',
  'declares-no-socket',
  'declares-rejection',
  'declares-overload',
  'declares-balancer',
];

/**
 * Facts that are not independent do not count as often as they can be told: marks of one host in one header, one
 * absence seen in several ways, one silence measured in several ways, one rhythm of probes, one forger's habits.
 */
export const CAPS: readonly Cap[] = [
  { facts: ['ttl-as-sender', 'ip-id-continues', 'timestamp-continues', 'flow-label-as-sender'], most: 20 },
  { facts: ['born-between', 'both-ends', 'trigger-never-crossed', 'no-partner'], most: 40 },
  {
    facts: ['idle-before', 'idle-long-before', 'idle-cluster', 'idle-known-timer', 'idle-separates'],
    most: 18,
  },
  {
    facts: ['client-reset-before', 'backend-reset-before', 'end-reset-nearby', 'end-closed-nearby'],
    most: 18,
  },
  { facts: ['unanswered-probes', 'probe-spacing'], most: 25 },
  { facts: ['ttl-unlike-sender', 'ip-id-mirrors-trigger', 'timestamp-missing', 'sender-went-on'], most: 32 },
  { facts: CLAIMS, most: 9 },
];

const CAPS_OF: ReadonlyMap<FactId, Cap> = new Map(
  CAPS.flatMap((cap) => cap.facts.map((id) => [id, cap] as const)),
);

/** The weights with each group of dependent facts scaled down to its cap; what speaks against is never softened. */
export function capped(weights: ReadonlyMap<FactId, number>): ReadonlyMap<FactId, number> {
  const sums = new Map<Cap, number>();
  for (const [id, weight] of weights) {
    const cap = weight > 0 ? CAPS_OF.get(id) : undefined;
    if (cap !== undefined) sums.set(cap, (sums.get(cap) ?? 0) + weight);
  }
  const over = [...sums].some(([cap, sum]) => sum > cap.most);
  if (!over) return weights;
  return new Map(
    [...weights].map(([id, weight]) => {
      const cap = weight > 0 ? CAPS_OF.get(id) : undefined;
      const sum = cap === undefined ? 0 : (sums.get(cap) ?? 0);
      return [id, cap !== undefined && sum > cap.most ? (weight * cap.most) / sum : weight];
    }),
  );
}
