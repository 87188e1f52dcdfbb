import { formatDuration, formatMeasured } from '../../lb/duration.js';
import type { EffectiveTimeout, ExpiryAction } from '../../lb/model.js';
import { type PolicyCase, type Rule, whenTimed } from '../case.js';
import { cited, conforms, inconclusive, wrongBehaviour } from '../outcome.js';

/** A reset where the load balancer should have dropped the flow without a word. */
export const resetWhereSilenceIsOwed: Rule = ({ effective }) => {
  if (effective.action !== 'silent-drop') return null;
  return wrongBehaviour(
    switchRule(effective),
    `The load balancer reset the flow, yet ${because(effective)}: it should have dropped the flow silently.`,
  );
};

/** Products that are silent at the timer and answer what comes later. */
const ON_NEXT: readonly ExpiryAction[] = ['rst-sender-on-next', 'rst-opener-on-next'];

/** A later segment of the called end was answered, where only the opening end is promised an answer. */
export const answeredWrongEnd: Rule = ({ judged, effective }) => {
  if (effective.action !== 'rst-opener-on-next' || judged.resetTowardBackend !== true) return null;
  return wrongBehaviour(
    effective.rule,
    `The backend was answered with a reset, yet this product answers only the end that opened the flow (${effective.source.url}).`,
  );
};

/** A reset that the box made, where the product only forgets whom a flow belongs to. */
export const resetByForgetful: Rule = ({ effective }) => {
  if (effective.action !== 'lose-affinity') return null;
  return inconclusive(
    effective.rule,
    `No source says that this product resets an idle flow (${effective.source.url}): it forgets the flow, and a reset, if any, comes from the host that gets the next segment.`,
  );
};

/** A reset that came by itself where only a later segment should have been answered. */
export const resetWithoutSegment: Rule = ({ judged, effective }) => {
  if (!ON_NEXT.includes(effective.action) || judged.triggered) return null;
  return wrongBehaviour(
    effective.rule,
    'The load balancer reset the flow by itself, yet this product is silent at the timer and only answers the next segment.',
  );
};

/** A reset in answer to a later segment, where the product promises resets only at the timer. */
export const unpromisedAnswer: Rule = ({ judged, effective }) => {
  const promised = effective.action !== 'rst-both-at-timer' || effective.clauses?.laterSegments !== undefined;
  if (promised || !judged.triggered) return null;
  return inconclusive(
    effective.rule,
    'The reset answered a later segment; what the product does after the timer is not published.',
  );
};

/** Silence where resets were owed; whether they were is only known for an established flow. */
export const silenceWhereResetIsOwed: Rule = (subject) => {
  const { judged, effective } = subject;
  if (effective.action !== 'rst-both-at-timer' && !ON_NEXT.includes(effective.action)) return null;
  if (effective.action === 'rst-opener-on-next' && judged.spokeAfter === 'backend') return null;
  const rule = switchRule(effective);
  if (judged.established === null && effective.clauses?.establishedOnly !== undefined) {
    return inconclusive(
      rule,
      `No reset was seen although ${because(effective)}, but the captures do not show whether the flow was established: one from its start would.`,
    );
  }
  return wrongBehaviour(rule, `${droppedAfter(subject)} without a reset, yet ${because(effective)}.`);
};

/** What forgets a flow leaves what comes later without an answer of its own. */
const SILENT: readonly ExpiryAction[] = ['silent-drop', 'lose-affinity', 'rst-opener-on-next'];

/** Silence at or after the timeout, where silence is what was configured. */
export const silenceAsConfigured: Rule = whenTimed(({ effective, idle, timeout, judged }) =>
  SILENT.includes(effective.action) &&
  !(effective.action === 'rst-opener-on-next' && judged.spokeAfter !== 'backend')
    ? conforms(
        effective.rule,
        `The flow had been idle for ${formatMeasured(idle)}, at least the effective timeout of ${formatDuration(timeout)}, and was dropped silently because ${because(effective)}.`,
      )
    : null,
);

function droppedAfter({ judged }: PolicyCase): string {
  const idle = judged.idleSeconds;
  return `The flow was dropped${idle === null ? '' : ` after ${formatMeasured(idle)} idle`}`;
}

function switchRule(effective: EffectiveTimeout): string {
  return effective.clauses?.resetSwitch?.rule ?? effective.rule;
}

function because({ clauses, text }: EffectiveTimeout): string {
  return clauses?.resetSwitch === undefined ? text : cited(clauses.resetSwitch);
}
