import { formatDuration, formatMeasured } from '../../lb/duration.js';
import { type Rule, whenTimed } from '../case.js';
import { cited, conforms } from '../outcome.js';
import type { JudgedFlow } from '../types.js';

/** A reset that no other rule objected to. */
export const resetAsConfigured: Rule = whenTimed(({ judged, effective, idle, timeout }) => {
  const clause = effective.clauses?.laterSegments;
  if (judged.triggered) {
    const why = clause === undefined ? '' : `: ${cited(clause)}`;
    return conforms(
      effective.rule,
      `The reset answered a segment after ${formatMeasured(idle)} idle, past the effective timeout of ${formatDuration(timeout)}${why}.`,
    );
  }
  return conforms(
    effective.rule,
    `The reset came after ${formatMeasured(idle)} idle, as the effective timeout of ${formatDuration(timeout)} demands. ${effective.text}${unseenEnd(judged)}`,
  );
});

/** A flow that lived no longer than it was allowed to. */
export const aliveAsConfigured: Rule = whenTimed(({ effective, idle, timeout }) =>
  conforms(
    effective.rule,
    `The flow lived through ${formatMeasured(idle)} idle, within the effective timeout of ${formatDuration(timeout)}.`,
  ),
);

function unseenEnd({ resetTowardClient: client, resetTowardBackend: backend }: JudgedFlow): string {
  if (client === null) return ' Whether the client got one too was not captured.';
  return backend === null ? ' Whether the backend got one too was not captured.' : '';
}
