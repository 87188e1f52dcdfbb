import type { Facts } from '../evidence/detectors/index.js';
import type { Drop } from '../evidence/drop.js';
import { type FactId, framesOf, wordsOf } from '../evidence/fact.js';
import type { JudgedScene, PathEvidence } from '../evidence/gather.js';
import type { Alternative, EvidenceLine } from '../result.js';
import type { CauseClass, Impact, Originator } from '../words.js';
import { alternativesOf, evidenceLines, linesBeside, openQuestions } from './explain.js';
import { impactOf } from './impact.js';
import { type Candidate, type Judgement, judge } from './judge.js';
import { BACKEND, CLIENT } from './rule.js';
import { DROP_RULES } from './rules/drops.js';
import { RULES } from './rules/index.js';
import { whatDecides, whyUndecided } from './undecided.js';
import { SECONDARY } from './undetermined.js';

/** Where an event stands in its episode, and what was made of it. */
export interface Verdict {
  readonly kind: 'reset' | 'silent-drop';
  readonly class: CauseClass;
  readonly subtype: string;
  readonly originator: Originator;
  readonly confidence: number;
  readonly impact: Impact;
  readonly evidence: readonly EvidenceLine[];
  readonly alternatives: readonly Alternative[];
  readonly advice: readonly string[];
  /** The events whose RSTs belong to this verdict; none for a drop that caused no reset. */
  readonly scenes: readonly JudgedScene[];
  readonly drop: Drop | null;
  readonly evidenceOf: PathEvidence;
}

/** A consequence is no surer than this, however sure its cause. */
export const SUREST_CONSEQUENCE = 0.95;
/** Where the cause is open, only who answered is certain, and not that it had any part in the cause. */
export const SUREST_OF_OPEN_CAUSE = 0.85;
const CONSEQUENCE = 'secondary';

/** Judges everything that happened on one path: roots first, consequences with their cause. */
export function verdictsOf(path: PathEvidence): Verdict[] {
  const verdicts: Verdict[] = [];
  const late = path.drop === null ? [] : path.events.filter(({ facts }) => holds(facts, 'vanished-before'));
  for (const one of path.events) {
    if (late.includes(one) && !gaveUpProbing(one)) continue;
    const cause = isConsequence(one.facts) ? verdicts.findLast(isRoot) : undefined;
    verdicts.push(cause === undefined ? ofEvent(one, path) : consequence(one, cause, path));
  }
  if (path.drop === null) return verdicts;
  const lateResets = late.filter((one) => !gaveUpProbing(one));
  const probing = verdicts.some((verdict) => verdict.class === 'keepalive-failure');
  // A failed keepalive tells the same story as the drop; a reset that only the drop explains still needs it.
  return probing && lateResets.length === 0 ? verdicts : [...verdicts, ofDrop(path.drop, lateResets, path)];
}

function holds(facts: Facts, id: FactId): boolean {
  return facts.get(id)?.state === true;
}

function isRoot({ subtype }: Verdict): boolean {
  return subtype !== CONSEQUENCE;
}

/** An end answers a segment although an earlier reset had ended its side. What a box in between sends is its own. */
function isConsequence(facts: Facts): boolean {
  const fromAnEnd = holds(facts, 'born-client-side') || holds(facts, 'born-server-side');
  return fromAnEnd && holds(facts, 'after-earlier-reset') && holds(facts, 'form-passive');
}

function trustIn(id: FactId, facts: Facts): number {
  return facts.get(id)?.quality ?? 1;
}

function gaveUpProbing({ facts }: JudgedScene): boolean {
  return holds(facts, 'unanswered-probes');
}

function ofEvent(one: JudgedScene, path: PathEvidence): Verdict {
  const judgement = judge(one.facts, RULES);
  const { decided } = judgement;
  const said = decided === null ? undecided(one, judgement) : decidedAs(decided, one.facts, judgement);
  return Object.assign(said, { kind: 'reset' as const, scenes: [one], drop: null, evidenceOf: path });
}

function decidedAs(decided: Candidate, facts: Facts, judgement: Judgement) {
  const { rule } = decided.best;
  const { impact, because } = impactOf(rule.impact, facts);
  return {
    class: rule.class,
    subtype: rule.subtype,
    originator: rule.originator,
    confidence: decided.confidence,
    impact,
    evidence: [
      ...evidenceLines(decided.best, facts),
      ...openQuestions([decided], facts),
      ...linesBeside([because, ...judgement.doubts], decided.best, facts),
    ],
    alternatives: alternativesOf(judgement, decided),
    advice: rule.advice,
  };
}

function undecided(one: JudgedScene, judgement: Judgement) {
  const best = judgement.candidates[0];
  const questions = openQuestions(judgement.candidates.slice(0, 3), one.facts);
  const told = best === undefined ? [] : evidenceLines(best.best, one.facts);
  const doubts = best === undefined ? [] : linesBeside(judgement.doubts, best.best, one.facts);
  const subtype = whyUndecided(one);
  return {
    class: 'undetermined' as const,
    subtype,
    originator: 'unknown' as const,
    confidence: best === undefined ? 0.5 : Math.max(0, 1 - best.confidence),
    impact: impactOf('unknown', one.facts).impact,
    evidence: [...told, ...questions, ...doubts],
    alternatives: alternativesOf(judgement, null),
    advice: [whatDecides(one, subtype, questions.length > 0)],
  };
}

/** An end whose connection an earlier reset had ended answers what still arrives: the cause is that earlier one. */
function consequence(one: JudgedScene, cause: Verdict, path: PathEvidence): Verdict {
  const end = one.scene.sender === 0 ? CLIENT : BACKEND;
  const isOpen = cause.class === 'undetermined';
  const surest = isOpen ? Math.min(trustIn(end.born, one.facts), SUREST_OF_OPEN_CAUSE) : cause.confidence;
  const earlier = one.facts.get('after-earlier-reset');
  const line: EvidenceLine | null = earlier
    ? { id: earlier.id, effect: 'supports', weight: 0, text: wordsOf(earlier), frames: framesOf(earlier) }
    : null;
  return {
    kind: 'reset',
    class: isOpen ? end.class : cause.class,
    subtype: CONSEQUENCE,
    originator: end.name,
    confidence: Math.min(surest, SUREST_CONSEQUENCE),
    impact: 'harmless',
    evidence: line === null ? [] : [line],
    alternatives: [],
    advice: [SECONDARY.decides],
    scenes: [one],
    drop: null,
    evidenceOf: path,
  };
}

/** The end that built the late resets which a drop caused, if there are any. */
function lateResetter(scenes: readonly JudgedScene[]): Originator | null {
  const first = scenes[0];
  if (first === undefined) return null;
  return first.scene.sender === 0 ? 'client' : 'backend';
}

function ofDrop(drop: Drop, scenes: readonly JudgedScene[], path: PathEvidence): Verdict {
  const judgement = judge(drop.facts, DROP_RULES);
  const decided = judgement.decided ?? judgement.candidates[0];
  const base = { kind: 'silent-drop' as const, scenes, drop, evidenceOf: path };
  if (decided === undefined) throw new Error('a drop that fits no rule');
  if (judgement.decided !== null) {
    const verdict = decidedAs(judgement.decided, drop.facts, judgement);
    return { ...base, ...verdict, originator: lateResetter(scenes) ?? verdict.originator };
  }
  return {
    ...base,
    ...decidedAs(decided, drop.facts, judgement),
    class: 'undetermined',
    subtype: 'path-loss',
    originator: 'unknown',
    alternatives: alternativesOf(judgement, null),
  };
}
