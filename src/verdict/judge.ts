import type { Facts } from '../evidence/detectors/index.js';
import type { FactId } from '../evidence/fact.js';
import type { CauseClass, Originator } from '../words.js';
import { contributions } from './contributions.js';
import type { Rule } from './rule.js';

/** Never surer than this: the captures could still be of something nobody thought of. */
export const SUREST = 0.99;
/** What the best rule has to beat, in decibans: that it was something else altogether. */
export const SOMETHING_ELSE = 10;
/** A cause that rests on something unseen is not surer than this. */
export const SUREST_WITH_UNSEEN = 0.85;
/** Below this nothing is decided. */
export const LEAST_CONFIDENCE = 0.7;

/** Of two boxes that do the same, which is the balancer is open; how many resets each makes does not tell. */
export const SUREST_OF_TWO = 0.8;

/** Never surer than this of anything where it does not show on which side of the balancer a reset was. */
export const SUREST_IN_THE_DARK = 0.65;

/** What casts doubt on every cause alike, and what none is surer than under it. */
export const DOUBTS: ReadonlyMap<FactId, number> = new Map([
  ['barely-seen', SUREST_WITH_UNSEEN],
  ['only-resets-seen', SUREST_WITH_UNSEEN],
  ['other-place', SUREST_OF_TWO],
  ['both-sides-captured', SUREST_IN_THE_DARK],
]);

/** How one rule fared. */
export interface Contender {
  readonly rule: Rule;
  /** Decibans. */
  readonly score: number;
  /** What each fact added to the score. */
  readonly weights: ReadonlyMap<FactId, number>;
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
  /** Facts that cast doubt on every cause alike. */
  readonly doubts: readonly FactId[];
}

/** Weighs every rule against the facts. */
export function judge(facts: Facts, rules: readonly Rule[]): Judgement {
  const contenders = rules.flatMap((rule) => contend(rule, facts));
  const causes = byCause(contenders).map(bestOf);
  const total = causes.reduce((sum, { score }) => sum + odds(score), odds(SOMETHING_ELSE));
  const doubts = [...DOUBTS.keys()].filter((id) => facts.get(id)?.state === true);
  const surest = Math.min(SUREST, ...doubts.map((id) => DOUBTS.get(id) ?? SUREST));
  const candidates = causes.map((best) =>
    candidateOf(best, total, Math.min(surest, surestBy(best.rule, facts))),
  );
  candidates.sort((a, b) => b.confidence - a.confidence || b.best.score - a.best.score);
  const first = candidates[0];
  const decided = first !== undefined && first.confidence >= LEAST_CONFIDENCE ? first : null;
  return { candidates, decided, doubts };
}

function surestBy({ doubts = [] }: Rule, facts: Facts): number {
  const open = doubts.filter(({ unless }) => !unless.some((id) => facts.get(id)?.state === true));
  return Math.min(SUREST, ...open.map(({ surest }) => surest));
}

function byCause(contenders: readonly Contender[]): Contender[][] {
  const groups = new Map<string, Contender[]>();
  for (const contender of contenders) {
    const key = `${contender.rule.class} ${contender.rule.originator}`;
    groups.set(key, [...(groups.get(key) ?? []), contender]);
  }
  return [...groups.values()];
}

/** A cause is as likely as its best explanation: it must not gain by being told in more ways than another one. */
function bestOf(group: readonly Contender[]): Contender {
  return group.reduce((a, b) => (b.score > a.score ? b : a));
}

function candidateOf(best: Contender, total: number, surest: number): Candidate {
  const share = odds(best.score) / total;
  const ceiling = best.unseen.length > 0 ? SUREST_WITH_UNSEEN : SUREST;
  const confidence = Math.min(share, ceiling, surest);
  return { class: best.rule.class, originator: best.rule.originator, confidence, best };
}

function contend(rule: Rule, facts: Facts): Contender[] {
  const all = contributions(rule, facts);
  if (all === null) return [];
  let score = 0;
  for (const weight of all.weights.values()) score += weight;
  return [{ rule, score, weights: all.weights, unseen: all.unseen }];
}

function odds(decibans: number): number {
  return 10 ** (decibans / 10);
}
