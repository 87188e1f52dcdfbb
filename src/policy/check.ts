import type { Policy } from '../lb/model.js';
import type { PolicyCheck } from '../result.js';
import type { Outcome, PolicyCase, Rule } from './case.js';
import { expectedText, observedText } from './describe.js';
import { aliveAsConfigured, resetAsConfigured } from './rules/as-configured.js';
import { resetOneWay } from './rules/both-ends.js';
import { resetBeforeEstablished, silenceBeforeEstablished } from './rules/established.js';
import { otherCause } from './rules/other-cause.js';
import {
  resetWhereSilenceIsOwed,
  resetWithoutSegment,
  silenceAsConfigured,
  silenceWhereResetIsOwed,
  unpromisedAnswer,
} from './rules/reset-switch.js';
import { endedTooEarly, outlived, resetTooLate, tooUncertain } from './rules/timing.js';
import { actionUnknown, idleUnknown, timeoutUnknown } from './rules/unknowns.js';
import { softened } from './soften.js';
import type { JudgedFlow } from './types.js';

/** For each kind of finding that is about the idle timer, its rules in order: the first one that concludes decides. */
const RESET_RULES: readonly Rule[] = [
  resetBeforeEstablished,
  resetWhereSilenceIsOwed,
  resetWithoutSegment,
  timeoutUnknown,
  idleUnknown,
  endedTooEarly,
  resetTooLate,
  tooUncertain,
  actionUnknown,
  unpromisedAnswer,
  resetOneWay,
  resetAsConfigured,
];

const SILENCE_RULES: readonly Rule[] = [
  silenceBeforeEstablished,
  timeoutUnknown,
  idleUnknown,
  endedTooEarly,
  actionUnknown,
  silenceAsConfigured,
  silenceWhereResetIsOwed,
];

const SURVIVAL_RULES: readonly Rule[] = [timeoutUnknown, idleUnknown, outlived, aliveAsConfigured];

/** Checks what the captures show of one flow against what the load balancer's configuration promises it. */
export function checkPolicy(judged: JudgedFlow, policy: Policy): PolicyCheck {
  const subject: PolicyCase = { judged, effective: policy.resolve(judged.flow) };
  const { status, rule, text } = softened(subject, conclude(subject));
  return { status, rule, expected: expectedText(subject.effective), observed: observedText(judged), text };
}

function conclude(subject: PolicyCase): Outcome {
  for (const rule of rulesFor(subject.judged)) {
    const outcome = rule(subject);
    if (outcome !== null) return outcome;
  }
  return otherCause(subject);
}

function rulesFor({ kind, class: cause }: JudgedFlow): readonly Rule[] {
  if (kind === 'survived-timeout') return SURVIVAL_RULES;
  if (kind === 'exposure' || cause !== 'lb-idle-timeout') return [];
  return kind === 'reset' ? RESET_RULES : SILENCE_RULES;
}
