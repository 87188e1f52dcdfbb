import { type Judgement, judge } from '#src/verdict/judge.js';
import type { Rule } from '#src/verdict/rule.js';
import type { Answer, LabelledEvent } from './events.js';

/** Not even a confident error costs more than this probability says. */
const LEAST_PROBABILITY = 0.005;

/** How a set of rules did over some events. */
export interface Performance {
  /** Mean over the cases of minus the logarithm of the probability given to what was right; less is better. */
  readonly loss: number;
  readonly right: number;
  readonly undetermined: number;
  /** Decided for the wrong cause with a confidence of 0.9 or more. */
  readonly confidentlyWrong: number;
}

const CONFIDENT = 0.9;

/** Judges every event by the rules. */
export function performance(events: readonly LabelledEvent[], rules: readonly Rule[]): Performance {
  let [loss, right, undetermined, confidentlyWrong] = [0, 0, 0, 0];
  for (const event of events) {
    const judgement = judge(event.facts, rules);
    loss += event.share * lossOf(event, judgement);
    const { decided } = judgement;
    if (decided === null) undetermined += 1;
    else if (isAmong(event.answers, decided)) right += 1;
    else if (decided.confidence >= CONFIDENT) confidentlyWrong += 1;
  }
  return { loss, right, undetermined, confidentlyWrong };
}

/** Minus the logarithm of the probability that a judgement gives to what was right. */
export function lossOf({ answers }: LabelledEvent, judgement: Judgement): number {
  return -Math.log(Math.max(LEAST_PROBABILITY, probabilityOf(answers, judgement)));
}

function probabilityOf(answers: readonly Answer[], { candidates }: Judgement): number {
  return candidates
    .filter((candidate) => isAmong(answers, candidate))
    .reduce((sum, { confidence }) => sum + confidence, 0);
}

function isAmong(answers: readonly Answer[], given: Answer): boolean {
  return answers.some((one) => one.class === given.class && one.originator === given.originator);
}
