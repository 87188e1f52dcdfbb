import type { Facts } from '../evidence/detectors/index.js';
import type { FactId } from '../evidence/fact.js';
import type { CauseClass, Originator } from '../words.js';
import type { Rule } from './rule.js';

/** Never surer than this: the captures could still be of something nobody thought of. */
const SUREST = 0.99;
/** What the best rule has to beat, in decibans: that it was something else altogether. */
const SOMETHING_ELSE = 10;
/** A required fact that the captures cannot show: the rule stays possible, at a price and with a ceiling. */
const UNSEEN_REQUIREMENT = -6;
const SUREST_WITH_UNSEEN = 0.85;
/** A gate that rests on less than this trust costs decibans in proportion instead of excluding. */
const GATE_TRUST = 0.9;
const WEAK_GATE = -30;
/** Below this nothing is decided. */
const LEAST_CONFIDENCE = 0.7;

/** How one rule fared. */
export interface Contender {
  readonly rule: Rule;
  /** Decibans. */
  readonly score: number;
  /** Required facts that the captures cannot show. */
  readonly unseen: readonly FactId[];
}

/** A cause (class and originator) with its share of the probability, and its best rule. */
export interface Candidate {
  readonly class: CauseClass;
  readonly originator: Originator;
  readonly confidence: number;
  readonly best: Contender;
}

/** What the rules make of an event: candidates by falling confidence, and whether the first one is good enough. */
export interface Judgement {
  readonly candidates: readonly Candidate[];
  readonly decided: Candidate | null;
}

/** Weighs every rule against the facts. */
export function judge(facts: Facts, rules: readonly Rule[]): Judgement {
  const contenders = rules
    .map((rule) => contend(rule, facts))
    .filter((one): one is Contender => one !== null);
  const total = contenders.reduce((sum, { score }) => sum + odds(score), odds(SOMETHING_ELSE));
  const candidates = byCause(contenders).map((group) => candidateOf(group, total));
  candidates.sort((a, b) => b.confidence - a.confidence || b.best.score - a.best.score);
  const first = candidates[0];
  return { candidates, decided: first !== undefined && first.confidence >= LEAST_CONFIDENCE ? first : null };
}

function byCause(contenders: readonly Contender[]): Contender[][] {
  const groups = new Map<string, Contender[]>();
  for (const contender of contenders) {
    const key = `${contender.rule.class} ${contender.rule.originator}`;
    groups.set(key, [...(groups.get(key) ?? []), contender]);
  }
  return [...groups.values()];
}

function candidateOf(group: readonly Contender[], total: number): Candidate {
  const best = group.reduce((a, b) => (b.score > a.score ? b : a));
  const share = group.reduce((sum, { score }) => sum + odds(score), 0) / total;
  const ceiling = best.unseen.length > 0 ? SUREST_WITH_UNSEEN : SUREST;
  const confidence = Math.min(share, ceiling);
  return { class: best.rule.class, originator: best.rule.originator, confidence, best };
}

/** The weight that one fact carries for a rule, in decibans: its table entry times the fact's quality. */
export function weightOf(rule: Rule, id: FactId, facts: Facts): number {
  const fact = facts.get(id);
  if (fact === undefined || fact.state === null) return 0;
  return ((fact.state ? rule.weights[id] : rule.unless?.[id]) ?? 0) * fact.quality;
}

/** The facts that a rule weighs. */
export function weighed(rule: Rule): FactId[] {
  return [...new Set([...Object.keys(rule.weights), ...Object.keys(rule.unless ?? {})])] as FactId[];
}

function contend(rule: Rule, facts: Facts): Contender | null {
  let score = 0;
  const unseen: FactId[] = [];
  for (const id of rule.requires) {
    const gate = facts.get(id);
    if (gate === undefined || gate.state === null) unseen.push(id);
    else if (!gate.state && gate.quality >= GATE_TRUST) return null;
    else if (!gate.state) score += WEAK_GATE * gate.quality;
  }
  for (const id of rule.excludes) {
    const gate = facts.get(id);
    if (gate?.state !== true) continue;
    if (gate.quality >= GATE_TRUST) return null;
    score += WEAK_GATE * gate.quality;
  }
  for (const id of weighed(rule)) score += weightOf(rule, id, facts);
  return { rule, score: score + UNSEEN_REQUIREMENT * unseen.length, unseen };
}

function odds(decibans: number): number {
  return 10 ** (decibans / 10);
}
