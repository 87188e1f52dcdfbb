import type { EffectiveTimeout, ExpiryAction, Policy } from '../lb/model.js';
import type { PolicyCheck } from '../result.js';
import type { CauseClass } from '../words.js';
import type { Outcome, PolicyCase, Rule } from './case.js';
import { expectedText, observedText } from './describe.js';
import { aliveAsConfigured, resetAsConfigured } from './rules/as-configured.js';
import { resetOneWay } from './rules/both-ends.js';
import { resetBeforeEstablished, silenceBeforeEstablished } from './rules/established.js';
import { otherCause } from './rules/other-cause.js';
import { legClosedEarly, legClosedInTime, legClosedLate, requestUnderWay } from './rules/proxy-leg.js';
import {
  answeredWrongEnd,
  resetByForgetful,
  resetWhereSilenceIsOwed,
  resetWithoutSegment,
  silenceAsConfigured,
  silenceWhereResetIsOwed,
  unpromisedAnswer,
} from './rules/reset-switch.js';
import { endedTooEarly, neverEnds, outlived, resetTooLate, tooUncertain } from './rules/timing.js';
import { actionUnknown, idleUnknown, timeoutUnknown } from './rules/unknowns.js';
import { softened } from './soften.js';
import type { JudgedFlow } from './types.js';

/** For each kind of finding that is about the idle timer, its rules in order: the first one that concludes decides. */
const RESET_RULES: readonly Rule[] = [
  resetBeforeEstablished,
  resetWhereSilenceIsOwed,
  resetWithoutSegment,
  answeredWrongEnd,
  resetByForgetful,
  timeoutUnknown,
  idleUnknown,
  neverEnds,
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
  neverEnds,
  endedTooEarly,
  actionUnknown,
  silenceAsConfigured,
  silenceWhereResetIsOwed,
];

const SURVIVAL_RULES: readonly Rule[] = [timeoutUnknown, idleUnknown, outlived, aliveAsConfigured];

const PROXY_LEG_RULES: readonly Rule[] = [
  timeoutUnknown,
  idleUnknown,
  requestUnderWay,
  legClosedLate,
  legClosedEarly,
  legClosedInTime,
];

/** Verdicts on a leg that leave open, or say, that the proxy itself closed it. */
const PROXY_CAUSES: readonly (CauseClass | null)[] = ['lb-idle-timeout', 'lb-other', 'undetermined'];

/** Checks what the captures show of one flow against what the load balancer's configuration promises it. */
export function checkPolicy(given: JudgedFlow, policy: Policy): PolicyCheck {
  const shortest = checkAgainst(given, policy, policy.resolve(given.flow));
  if (shortest.status === 'conforms' || !isAtTimer(given)) return shortest;
  return byTellingDevice(given, policy) ?? shortest;
}

function checkAgainst(given: JudgedFlow, policy: Policy, effective: EffectiveTimeout): PolicyCheck {
  const product = policy.devices.find(({ name }) => name === effective.device)?.product ?? null;
  const judged = product?.kind === 'proxy' ? onProxyLeg(given) : withoutLeg(given);
  const subject: PolicyCase = { judged, effective, product };
  const { status, rule, text } = softened(subject, conclude(subject));
  return {
    status,
    rule,
    expected: expectedText(effective),
    observed: observedText(judged),
    text,
    ...(status === 'violates' ? { level: 'contradiction' } : {}),
    effectiveTimeout: {
      seconds: finite(effective.seconds),
      settings: effective.considered.map((one) => ({ ...one, seconds: finite(one.seconds) })),
      source: { ...effective.source },
    },
  };
}

function isAtTimer({ kind, class: cause, triggered }: JudgedFlow): boolean {
  return kind === 'reset' && cause === 'lb-idle-timeout' && !triggered;
}

/**
 * What is silent at its timer does not keep a later device from speaking at its own: a reset at the timer is that of
 * the first device on the path that speaks by itself.
 */
function byTellingDevice(given: JudgedFlow, policy: Policy): PolicyCheck | null {
  const each = policy.each(given.flow);
  const telling = each
    .filter(({ seconds, action }) => seconds !== null && !SILENT_AT_TIMER.includes(action))
    .sort((a, b) => (a.seconds ?? 0) - (b.seconds ?? 0));
  const [first] = telling;
  if (first === undefined || each.length < 2) return null;
  const check = checkAgainst(given, policy, first);
  return check.status === 'conforms' ? check : null;
}

/** What a device does of which nobody hears at the timer. */
const SILENT_AT_TIMER: readonly ExpiryAction[] = [
  'silent-drop',
  'lose-affinity',
  'rst-sender-on-next',
  'rst-opener-on-next',
];

/** JSON knows no infinity: a timer that never fires has no seconds. */
function finite(seconds: number | null): number | null {
  return seconds === Number.POSITIVE_INFINITY ? null : seconds;
}

/** On a proxy's leg the time without data before it first closed counts, not the time before its last segment. */
function onProxyLeg(judged: JudgedFlow): JudgedFlow {
  if (judged.proxyLeg === undefined || !PROXY_CAUSES.includes(judged.class)) return withoutLeg(judged);
  return { ...judged, idleSeconds: judged.closeIdleSeconds ?? null };
}

function withoutLeg({ proxyLeg: _, ...judged }: JudgedFlow): JudgedFlow {
  return judged;
}

function conclude(subject: PolicyCase): Outcome {
  for (const rule of rulesFor(subject.judged)) {
    const outcome = rule(subject);
    if (outcome !== null) return outcome;
  }
  return otherCause(subject);
}

function rulesFor({ kind, class: cause, proxyLeg }: JudgedFlow): readonly Rule[] {
  if (kind === 'survived-timeout') return SURVIVAL_RULES;
  if (proxyLeg !== undefined) return PROXY_LEG_RULES;
  if (kind === 'exposure' || cause !== 'lb-idle-timeout') return [];
  return kind === 'reset' ? RESET_RULES : SILENCE_RULES;
}
