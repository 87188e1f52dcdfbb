import type { Facts } from '../evidence/detectors/index.js';
import type { Fact, FactId } from '../evidence/fact.js';
import { capped } from './caps.js';
import type { Rule } from './rule.js';

/** A required fact that the captures cannot show: the rule stays possible, at a price. */
export const UNSEEN_REQUIREMENT = -6;
/** A gate that rests on less than this trust costs decibans in proportion instead of excluding. */
export const GATE_TRUST = 0.9;
export const WEAK_GATE = -30;

/** What each fact adds to a rule's score, in decibans; their sum is the score. */
export interface Contributions {
  readonly weights: ReadonlyMap<FactId, number>;
  /** Required facts that the captures cannot show. */
  readonly unseen: readonly FactId[];
}

/** Adds up what speaks for and against a rule; null when a gate excludes it. */
export function contributions(rule: Rule, facts: Facts): Contributions | null {
  const gates = brokenGates(rule, facts);
  if (gates === null) return null;
  const weights = new Map<FactId, number>();
  const unseen = rule.requires.filter((id) => (facts.get(id)?.state ?? null) === null);
  for (const id of unseen) weights.set(id, UNSEEN_REQUIREMENT);
  for (const { id, quality } of gates) weights.set(id, WEAK_GATE * quality);
  for (const id of weighed(rule)) {
    const weight = tableWeight(rule, id, facts);
    if (weight !== 0) weights.set(id, (weights.get(id) ?? 0) + weight);
  }
  return { weights: capped(weights), unseen };
}

const NONE_BROKEN: readonly Fact[] = [];

/**
 * Gates that the facts do not pass: requirements known not to hold, and exclusions that do. Null at the first that can
 * be trusted to exclude the rule, which is how most rules end.
 */
function brokenGates(rule: Rule, facts: Facts): readonly Fact[] | null {
  let broken = NONE_BROKEN;
  const passes = (id: FactId, closing: boolean): boolean => {
    const fact = facts.get(id);
    if (fact?.state !== closing) return true;
    if (fact.quality >= GATE_TRUST) return false;
    broken = [...broken, fact];
    return true;
  };
  const open =
    rule.requires.every((id) => passes(id, false)) && rule.excludes.every((id) => passes(id, true));
  return open ? broken : null;
}

/** The table's entry times the fact's quality. */
function tableWeight(rule: Rule, id: FactId, facts: Facts): number {
  const fact = facts.get(id);
  if (fact === undefined || fact.state === null) return 0;
  return ((fact.state ? rule.weights[id] : rule.unless?.[id]) ?? 0) * fact.quality;
}

const WEIGHED = new WeakMap<Rule, readonly FactId[]>();

/** Every fact that a rule's tables name; a rule is asked about it for every event. */
function weighed(rule: Rule): readonly FactId[] {
  const known = WEIGHED.get(rule);
  if (known !== undefined) return known;
  const all = new Set([...Object.keys(rule.weights), ...Object.keys(rule.unless ?? {})]) as Set<FactId>;
  const ids = [...all];
  WEIGHED.set(rule, ids);
  return ids;
}
