import { formatMeasured } from '../../lb/duration.js';
import type { Rule } from '../case.js';
import { inconclusive } from '../outcome.js';

/** The configuration does not decide the timeout. */
export const timeoutUnknown: Rule = ({ judged, effective }) => {
  if (effective.seconds !== null) return null;
  const idle = judged.idleSeconds === null ? '' : ` after ${formatMeasured(judged.idleSeconds)} idle`;
  return inconclusive(
    effective.rule,
    [`What happened${idle} cannot be checked. ${effective.text}`, ...effective.doubts].join(' '),
  );
};

/** The captures do not show how long the flow was idle. */
export const idleUnknown: Rule = ({ judged, effective }) =>
  judged.idleSeconds !== null
    ? null
    : inconclusive(
        effective.rule,
        'The captures do not show how long the flow had been idle: captures that begin earlier would.',
      );

/** The time fits, but what should have happened then is not known. */
export const actionUnknown: Rule = ({ effective }) =>
  effective.action !== 'unknown'
    ? null
    : inconclusive(
        effective.rule,
        ['What the load balancer does at its timer is not known for this flow.', ...effective.doubts].join(
          ' ',
        ),
      );
