import type { Facts } from '../evidence/detectors/index.js';
import type { FactId } from '../evidence/fact.js';
import type { Impact } from '../words.js';

/** What became of a reset, with the fact that shows that it hurt nobody, if one does. */
export interface JudgedImpact {
  readonly impact: Impact;
  readonly because: FactId | null;
}

/** Each by itself shows that nothing was lost: it was over, nobody listened, or a second try worked at once. */
const HURT_NOBODY: readonly FactId[] = ['closed-by-both', 'receiver-ignored', 'retried-at-once'];

/** Data that was on its way is not saved by a second try. */
const HURTS_ALL_THE_SAME: Readonly<Partial<Record<FactId, FactId>>> = { 'retried-at-once': 'data-in-flight' };

/** Whether a reset ended anything that was still wanted: as such resets do, unless the captures show better. */
export function impactOf(usual: Impact, facts: Facts): JudgedImpact {
  const holds = (id: FactId | undefined) => id !== undefined && facts.get(id)?.state === true;
  const because = HURT_NOBODY.find((id) => holds(id) && !holds(HURTS_ALL_THE_SAME[id])) ?? null;
  return because === null ? { impact: usual, because } : { impact: 'harmless', because };
}
