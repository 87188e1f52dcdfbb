import type { Outcome } from './score.js';
import { type Half, halfOf } from './split.js';
import { type ClassScore, classScores, reliability } from './tables.js';

const HALVES: readonly Half[] = ['tuning', 'held-back'];
const count = (value: number) => String(value).padStart(9);

/** A class of which a half has nothing. */
const NO_SCORE = { class: '', labelled: 0, reported: 0, precision: 0, recall: 0 };

/** The outcomes of each half of the lab, whose columns stand beside those of all cases. */
export type Halves = readonly (readonly Outcome[])[];

/** Parts outcomes by the half to which their cases belong. */
export function halvesOf(outcomes: readonly Outcome[]): Halves {
  return HALVES.map((half) => outcomes.filter((outcome) => halfOf(outcome.case) === half));
}

/** The names of the halves over their columns. */
function printHalves(indent: number, width: number, halves: Halves): void {
  if (halves.length === 0) return;
  const names = HALVES.map((half) => `  | ${half.replace('-', ' ').padEnd(width)}`).join('');
  console.log(`${' '.repeat(indent)}${names}`.trimEnd());
}

/** Precision and recall of each class, and of each half that is given. */
export function printClasses(outcomes: readonly Outcome[], halves: Halves): void {
  const ofHalves = halves.map((half) => new Map(classScores(half).map((score) => [score.class, score])));
  printHalves(69, 28, halves);
  const titles = halves.map(() => '  | labelled precision    recall').join('');
  console.log(`class                  labelled reported    right precision    recall${titles}`);
  for (const score of classScores(outcomes)) {
    const counts = [score.labelled, score.reported, score.right].map(count).join('');
    const beside = ofHalves.map((scores) => {
      const same = scores.get(score.class) ?? NO_SCORE;
      return `  |${count(same.labelled)}${shares(same)}`;
    });
    console.log(`${score.class.padEnd(22)}${counts}${shares(score)}${beside.join('')}`);
  }
}

/** Precision and recall; a dash where there is nothing to be right about. To say that it is not decided is no claim. */
function shares({ class: name, labelled, reported, precision, recall }: Omit<ClassScore, 'right'>): string {
  const percent = (value: number, of: number) =>
    (of === 0 ? '-' : `${(100 * value).toFixed(1)} %`).padStart(10);
  return percent(precision, name === 'undetermined' ? 0 : reported) + percent(recall, labelled);
}

/** How many verdicts of each confidence were right. */
export function printReliability(outcomes: readonly Outcome[], halves: Halves): void {
  const ofHalves = halves.map(reliability);
  printHalves(33, 17, halves);
  const titles = halves.map(() => '  | verdicts    right').join('');
  console.log(`confidence from verdicts    right${titles}`);
  for (const [i, { from, verdicts, right }] of reliability(outcomes).entries()) {
    const beside = ofHalves.map(
      (bands) => `  |${count(bands[i]?.verdicts ?? 0)}${count(bands[i]?.right ?? 0)}`,
    );
    console.log(`${String(from).padStart(15)}${count(verdicts)}${count(right)}${beside.join('')}`);
  }
}
