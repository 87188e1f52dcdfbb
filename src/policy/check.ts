import type { EffectiveTimeout, ExpiryAction, Policy } from '../lb/model.js';
import type { PolicyCheck } from '../result.js';
import type { CauseClass } from '../words.js';
import type { Outcome, PolicyCase, Rule } from './case.js';
import { checkById } from './catalogue/index.js';
import { expectedText, observedText } from './describe.js';
import { aliveAsConfigured, resetAsConfigured } from './rules/as-configured.js';
import { resetOneWay } from './rules/both-ends.js';
import { statedCause } from './rules/cause-code.js';
import { resetBeforeEstablished, silenceBeforeEstablished } from './rules/established.js';
import { proxyKeepsNumbers } from './rules/impossible-model.js';
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

/** A rule with the check of the catalogue that it carries out. */
type Step = readonly [check: string, rule: Rule];

/** For each kind of finding that is about the idle timer, its rules in order: the first one that concludes decides. */
const RESET_RULES: readonly Step[] = [
  ['model/proxy-keeps-numbers', proxyKeepsNumbers],
  ['idle/established-only', resetBeforeEstablished],
  ['idle/cause-code', statedCause],
  ['idle/reset-not-owed', resetWhereSilenceIsOwed],
  ['idle/needs-trigger', resetWithoutSegment],
  ['idle/opener-only', answeredWrongEnd],
  ['idle/silent-device', resetByForgetful],
  ['config/value-missing', timeoutUnknown],
  ['idle/only-what-crossed', idleUnknown],
  ['idle/at-the-timeout', neverEnds],
  ['idle/at-the-timeout', endedTooEarly],
  ['idle/at-the-timeout', resetTooLate],
  ['idle/too-uncertain', tooUncertain],
  ['config/value-missing', actionUnknown],
  ['idle/late-answer', unpromisedAnswer],
  ['idle/both-ends', resetOneWay],
  ['idle/at-the-timeout', resetAsConfigured],
];

const SILENCE_RULES: readonly Step[] = [
  ['model/proxy-keeps-numbers', proxyKeepsNumbers],
  ['idle/established-only', silenceBeforeEstablished],
  ['config/value-missing', timeoutUnknown],
  ['idle/only-what-crossed', idleUnknown],
  ['idle/at-the-timeout', neverEnds],
  ['idle/at-the-timeout', endedTooEarly],
  ['config/value-missing', actionUnknown],
  ['idle/silent-drop', silenceAsConfigured],
  ['idle/silent-drop', silenceWhereResetIsOwed],
];

const SURVIVAL_RULES: readonly Step[] = [
  ['model/proxy-keeps-numbers', proxyKeepsNumbers],
  ['config/value-missing', timeoutUnknown],
  ['idle/only-what-crossed', idleUnknown],
  ['idle/at-the-timeout', outlived],
  ['idle/at-the-timeout', aliveAsConfigured],
];

const PROXY_LEG_RULES: readonly Step[] = [
  ['idle/cause-code', statedCause],
  ['config/value-missing', timeoutUnknown],
  ['idle/only-what-crossed', idleUnknown],
  ['idle/request-under-way', requestUnderWay],
  ['idle/own-leg', legClosedLate],
  ['idle/own-leg', legClosedEarly],
  ['idle/proxy-leg', legClosedInTime],
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
  const { outcome, check } = conclude(subject);
  const { status, rule, text } = softened(subject, outcome);
  const entry = checkById(check);
  return {
    status,
    rule,
    expected: expectedText(effective),
    observed: observedText(judged),
    text,
    ...(entry === null ? {} : { check: entry.id, level: entry.level, documentation: entry.documentation }),
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

function conclude(subject: PolicyCase): { readonly outcome: Outcome; readonly check: string | null } {
  for (const [check, rule] of rulesFor(subject.judged)) {
    const outcome = rule(subject);
    if (outcome !== null) return { outcome, check };
  }
  return { outcome: otherCause(subject), check: null };
}

function rulesFor({ kind, class: cause, proxyLeg }: JudgedFlow): readonly Step[] {
  if (kind === 'survived-timeout') return SURVIVAL_RULES;
  if (proxyLeg !== undefined) return PROXY_LEG_RULES;
  if (kind === 'exposure' || cause !== 'lb-idle-timeout') return [];
  return kind === 'reset' ? RESET_RULES : SILENCE_RULES;
}
