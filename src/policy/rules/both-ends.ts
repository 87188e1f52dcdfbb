import type { Rule } from '../case.js';
import { cited, inconclusive } from '../outcome.js';

/** A reset at the timer that only one of two captured ends saw. It may have been lost, so it is no violation. */
export const resetOneWay: Rule = ({ judged, effective }) => {
  const clause = effective.clauses?.bothEnds;
  if (clause === undefined || judged.triggered) return null;
  const missed = missedEnd(judged.resetTowardClient, judged.resetTowardBackend);
  if (missed === null) return null;
  return inconclusive(
    clause.rule,
    `No reset toward the ${missed} was captured, yet ${cited(clause)}: it was not sent, or it was lost before the capture point.`,
  );
};

/** The end that was captured without a reset while the other one got it. */
function missedEnd(client: boolean | null, backend: boolean | null): string | null {
  if (client === true && backend === false) return 'backend';
  return client === false && backend === true ? 'client' : null;
}
