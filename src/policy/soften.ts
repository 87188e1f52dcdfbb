import type { Outcome, PolicyCase } from './case.js';
import { inconclusive } from './outcome.js';

/** A verdict below `medium` (words.ts) is too weak to accuse a load balancer with. */
const ACCUSING_CONFIDENCE = 0.7;

/**
 * Takes a violation back where what it rests on may be wrong: the verdict is weak, or the configuration leaves open
 * what would overturn it. Other outcomes pass as they are.
 */
export function softened(subject: PolicyCase, outcome: Outcome): Outcome {
  if (outcome.status !== 'violates') return outcome;
  const reason = reasonToWait(subject, outcome);
  return reason === null ? outcome : inconclusive(outcome.rule, `${outcome.text} ${reason}`);
}

function reasonToWait({ judged, effective }: PolicyCase, outcome: Outcome): string | null {
  // On a proxy's leg its address says who closed, and the configuration why: the verdict's class is not needed.
  if (judged.confidence < ACCUSING_CONFIDENCE && judged.proxyLeg === undefined) {
    return 'The verdict itself is too uncertain to call this a violation.';
  }
  const onlySecondsOpen = effective.seconds === null && effective.action !== 'unknown';
  const doubts = outcome.about === 'behaviour' && onlySecondsOpen ? [] : effective.doubts;
  return doubts.length === 0 ? null : `This is no violation for certain: ${doubts.join(' ')}`;
}
