import { formatDuration, formatMeasured } from '../../lb/duration.js';
import type { CauseClass } from '../../words.js';
import { type Outcome, type PolicyCase, type TimedCase, timedCase } from '../case.js';
import { notCovered } from '../outcome.js';

/** Why the idle timer's policy says nothing about each cause. */
const REASONS: Readonly<Record<Exclude<CauseClass, 'lb-idle-timeout'>, string>> = {
  'backend-originated': "The backend is the cause, not the load balancer's idle timer.",
  'client-originated': "The client is the cause, not the load balancer's idle timer.",
  'keepalive-failure':
    "An end gave up on a peer that no longer answered; the load balancer's idle timer sent nothing.",
  'lb-other': 'The load balancer is the cause, but for another reason than its idle timer.',
  'middlebox-injected': 'Another device forged the reset, so the load balancer is not accountable for it.',
  'health-check': "This is a probe of the load balancer's own, not a user's flow.",
  undetermined: 'The cause is not determined, so no promise can be held against it.',
};

/** Causes for which the idle time still tells a reader something. */
const IDLE_MATTERS: readonly CauseClass[] = [
  'backend-originated',
  'client-originated',
  'keepalive-failure',
  'middlebox-injected',
  'undetermined',
];

/** The conclusion for a finding that is not about the load balancer's idle timer. */
export function otherCause(subject: PolicyCase): Outcome {
  const { class: cause, kind } = subject.judged;
  const { rule } = subject.effective;
  if (cause === null || cause === 'lb-idle-timeout') return notCovered(rule, notYet(subject));
  const reason = kind === 'silent-drop' && cause === 'undetermined' ? SILENCE_UNEXPLAINED : REASONS[cause];
  const timed = IDLE_MATTERS.includes(cause) ? timedCase(subject) : null;
  return notCovered(rule, timed === null ? reason : `${reason} ${comparison(timed)}`);
}

const SILENCE_UNEXPLAINED =
  "Idleness does not explain this silence, so the load balancer's idle timer is not blamed.";

/** An exposure: nothing has happened that could keep or break a promise. */
function notYet({ effective }: PolicyCase): string {
  return `Nothing has ended this flow yet. ${effective.text}`;
}

function comparison({ idle, timeout, slack }: TimedCase): string {
  const begin = `The flow had been idle for ${formatMeasured(idle)}`;
  const limit = `the effective timeout of ${formatDuration(timeout)}`;
  if (idle < timeout - slack) return `${begin}, below ${limit}, so the load balancer still held it.`;
  if (idle <= timeout + slack)
    return `${begin}, just about ${limit}: the load balancer may have dropped it by then.`;
  return `${begin}, past ${limit}: the load balancer may have dropped it before.`;
}
