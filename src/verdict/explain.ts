import type { Facts } from '../evidence/detectors/index.js';
import { type Fact, type FactId, framesOf, wordsOf } from '../evidence/fact.js';
import type { Alternative, EvidenceLine } from '../result.js';
import type { Candidate, Contender, Judgement } from './judge.js';

/** Less likely alternatives than this are noise to a reader. */
const LEAST_ALTERNATIVE = 0.005;
const MOST_ALTERNATIVES = 3;

/** What speaks for and against a cause, weightiest first; the weights add up to its score. */
export function evidenceLines({ rule, weights, unseen }: Contender, facts: Facts): EvidenceLine[] {
  const ids = new Set([...rule.requires, ...weights.keys()]);
  for (const id of unseen) ids.delete(id);
  const lines: EvidenceLine[] = [];
  for (const id of ids) {
    const fact = facts.get(id);
    if (fact !== undefined) lines.push(lineOf(fact, weights.get(id) ?? 0));
  }
  const told = lines.filter((line) => line.weight !== 0 || !isToldBy(line, lines));
  return told.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
}

/** Whether a line that weighs says the same: what a rule merely requires need not be read twice. */
function isToldBy({ text }: EvidenceLine, lines: readonly EvidenceLine[]): boolean {
  return lines.some((other) => other.weight !== 0 && other.text === text);
}

function lineOf(fact: Fact, weight: number): EvidenceLine {
  return {
    id: fact.id,
    effect: weight < 0 ? 'contradicts' : 'supports',
    weight: Math.round(weight * 10) / 10,
    text: wordsOf(fact),
    frames: framesOf(fact),
  };
}

/** Facts that are told although they say nothing about the cause. */
export function linesBeside(
  ids: readonly (FactId | null)[],
  { weights }: Contender,
  facts: Facts,
): EvidenceLine[] {
  return ids.flatMap((id) => {
    const fact = id === null || weights.has(id) ? undefined : facts.get(id);
    return fact === undefined ? [] : [{ ...lineOf(fact, 0), effect: 'neutral' as const }];
  });
}

/** What the captures could not show and would have decided. */
export function openQuestions(candidates: readonly Candidate[], facts: Facts): EvidenceLine[] {
  if (candidates.every(({ best }) => best.unseen.length === 0)) return [];
  const weights = new Map(
    candidates.flatMap(({ best }) => best.unseen.map((id) => [id, best.weights.get(id) ?? 0])),
  );
  return [...weights].flatMap(([id, weight]) => {
    const fact = facts.get(id);
    return fact === undefined ? [] : [{ ...lineOf(fact, weight), effect: 'neutral' as const }];
  });
}

/** The causes that lost, likeliest first. */
export function alternativesOf(judgement: Judgement, decided: Candidate | null): Alternative[] {
  return judgement.candidates
    .filter((candidate) => candidate !== decided && candidate.confidence >= LEAST_ALTERNATIVE)
    .slice(0, MOST_ALTERNATIVES)
    .map(({ best: { rule }, confidence }) => ({
      class: rule.class,
      subtype: rule.subtype,
      confidence: Math.round(confidence * 1000) / 1000,
      text: rule.title,
    }));
}
