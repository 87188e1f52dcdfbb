import type { Rule } from '../case.js';
import { cited, conforms, wrongBehaviour } from '../outcome.js';

/** A reset for a flow that was not established, where the product resets only established ones. */
export const resetBeforeEstablished: Rule = ({ judged, effective }) => {
  const clause = effective.clauses?.establishedOnly;
  if (clause === undefined || judged.established !== false) return null;
  return wrongBehaviour(
    clause.rule,
    `The flow was not established when the load balancer reset it, yet ${cited(clause)}.`,
  );
};

/** Silence for a flow that was not established is no broken promise. */
export const silenceBeforeEstablished: Rule = ({ judged, effective }) => {
  const clause = effective.clauses?.establishedOnly;
  if (clause === undefined || judged.established !== false) return null;
  return conforms(clause.rule, `The flow was not established, so no reset was owed: ${cited(clause)}.`);
};
