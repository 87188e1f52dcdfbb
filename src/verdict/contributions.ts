import type { Facts } from '../evidence/detectors/index.js';
import type { FactId } from '../evidence/fact.js';
import type { Rule } from './rule.js';

/** A required fact that the captures cannot show: the rule stays possible, at a price. */
const UNSEEN_REQUIREMENT = -6;
/** A gate that rests on less than this trust costs decibans in proportion instead of excluding. */
const GATE_TRUST = 0.9;
const WEAK_GATE = -30;

/** What each fact adds to a rule's score, in decibans; their sum is the score. */
export interface Contributions {
  readonly weights: ReadonlyMap<FactId, number>;
  /** Required facts that the captures cannot show. */
  readonly unseen: readonly FactId[];
}

/** Adds up what speaks for and against a rule; null when a gate excludes it. */
export function contributions(rule: Rule, facts: Facts): Contributions | null {
  const weights = new Map<FactId, number>();
  const unseen = rule.requires.filter((id) => (facts.get(id)?.state ?? null) === null);
  for (const id of unseen) weights.set(id, UNSEEN_REQUIREMENT);
  for (const id of broken(rule, facts)) {
    const { quality } = facts.get(id) ?? { quality: 1 };
    if (quality >= GATE_TRUST) return null;
    weights.set(id, WEAK_GATE * quality);
  }
  for (const id of weighed(rule)) {
    const weight = tableWeight(rule, id, facts);
    if (weight !== 0) weights.set(id, (weights.get(id) ?? 0) + weight);
  }
  return { weights, unseen };
}

/** Gates that the facts do not pass: requirements known not to hold, and exclusions that do. */
function broken(rule: Rule, facts: Facts): FactId[] {
  return [
    ...rule.requires.filter((id) => facts.get(id)?.state === false),
    ...rule.excludes.filter((id) => facts.get(id)?.state === true),
  ];
}

/** The table's entry times the fact's quality. */
function tableWeight(rule: Rule, id: FactId, facts: Facts): number {
  const fact = facts.get(id);
  if (fact === undefined || fact.state === null) return 0;
  return ((fact.state ? rule.weights[id] : rule.unless?.[id]) ?? 0) * fact.quality;
}

function weighed(rule: Rule): FactId[] {
  return [...new Set([...Object.keys(rule.weights), ...Object.keys(rule.unless ?? {})])] as FactId[];
}
