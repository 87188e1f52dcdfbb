import type { EffectiveTimeout } from '../lb/model.js';
import type { ProductModel } from '../lb/product-model.js';
import type { PolicyCheck } from '../result.js';
import type { JudgedFlow } from './types.js';

/** What a rule looks at: the verdict, and what the configuration promised this flow. */
export interface PolicyCase {
  readonly judged: JudgedFlow;
  readonly effective: EffectiveTimeout;
  /** The product whose timer decides; null where that is not known. */
  readonly product: ProductModel | null;
}

/** A case whose idle time and effective timeout are both known, in seconds. */
export interface TimedCase extends PolicyCase {
  readonly idle: number;
  readonly timeout: number;
  /** How far `idle` may be off from what the load balancer's timer saw, either way. */
  readonly slack: number;
  /** How much later than its timeout the product may end the flow by design. */
  readonly late: number;
}

/** What a rule concludes; the table cells are added by the check. */
export type Outcome = Pick<PolicyCheck, 'status' | 'rule' | 'text'> & {
  /** Which promise a violation breaks; while only the seconds are in doubt, one of `behaviour` stands. */
  readonly about: 'timeout' | 'behaviour';
};

/** A rule concludes, or leaves the case to the next one. */
export type Rule = (subject: PolicyCase) => Outcome | null;

/** A rule that needs both times, wrapped so that it leaves every other case alone. */
export function whenTimed(rule: (subject: TimedCase) => Outcome | null): Rule {
  return (subject) => {
    const timed = timedCase(subject);
    return timed === null ? null : rule(timed);
  };
}

/** The case with its times, or null when one of them is not known. */
export function timedCase(subject: PolicyCase): TimedCase | null {
  const { idleSeconds: idle, idleUncertaintySeconds: uncertainty } = subject.judged;
  const timeout = subject.effective.seconds;
  if (idle === null || timeout === null) return null;
  const late = subject.effective.lateSeconds ?? 0;
  return { ...subject, idle, timeout, slack: uncertainty + timerTolerance(timeout), late };
}

/** A timer that counts in whole seconds, as user space and cloud settings do, is off by up to one. */
const TIMER_GRANULARITY_SECONDS = 1;

/**
 * Flow tables are swept, not timed flow by flow, and the longer the timeout the rarer the sweep. No vendor publishes
 * the granularity except NetScaler (0 to 120 s late); 2 % is this tool's own choice: 5 s of the usual 240 s, far from
 * the next minute, which is the smallest step that such timeouts are configured in.
 */
const TIMER_TOLERANCE_SHARE = 0.02;

/** How far a timer of `timeout` seconds may fire from its nominal time, either way, without breaking its promise. */
export function timerTolerance(timeout: number): number {
  if (timeout === Number.POSITIVE_INFINITY) return 0;
  return Math.max(TIMER_GRANULARITY_SECONDS, TIMER_TOLERANCE_SHARE * timeout);
}
