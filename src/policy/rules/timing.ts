import { formatDuration, formatMeasured } from '../../lb/duration.js';
import { type Rule, type TimedCase, whenTimed } from '../case.js';
import { inconclusive, wrongTime } from '../outcome.js';
import { fittingLoser, loserText } from './losing-setting.js';

/** The flow was ended by a timer although the product has none for it. */
export const neverEnds: Rule = whenTimed(({ timeout, effective, judged }) => {
  if (timeout !== Number.POSITIVE_INFINITY || judged.kind === 'survived-timeout') return null;
  return wrongTime(
    effective.rule,
    `An idle timer ended this flow, yet ${effective.text.charAt(0).toLowerCase()}${effective.text.slice(1)}`,
  );
});

/** The flow was ended before its effective timeout. */
export const endedTooEarly: Rule = whenTimed((subject) => {
  if (subject.idle >= subject.timeout - subject.slack) return null;
  const early = formatMeasured(subject.timeout - subject.idle);
  return wrongTime(subject.effective.rule, offText(subject, `${early} before the effective timeout`));
});

/** The reset that should have come at the timer came later. One that answers a segment may come at any time after. */
export const resetTooLate: Rule = whenTimed((subject) => {
  if (subject.judged.triggered || subject.idle <= subject.timeout + subject.slack + subject.late) return null;
  const late = formatMeasured(subject.idle - subject.timeout);
  return wrongTime(subject.effective.rule, offText(subject, `${late} after the effective timeout`));
});

/** The times are too uncertain to tell the effective timeout from a setting that lost. */
export const tooUncertain: Rule = whenTimed((subject) => {
  const loser = subject.judged.triggered ? null : fittingLoser(subject);
  if (loser === null) return null;
  return inconclusive(
    subject.effective.rule,
    `The idle time of ${formatMeasured(subject.idle)} is uncertain by ${formatMeasured(subject.slack)} and fits both the effective timeout of ${formatDuration(subject.timeout)} and the ${formatDuration(loser.seconds)} of ${loser.name}.`,
  );
});

/** The flow outlived its effective timeout. */
export const outlived: Rule = whenTimed((subject) => {
  if (subject.idle <= subject.timeout + subject.slack + subject.late) return null;
  const past = formatMeasured(subject.idle - subject.timeout);
  return wrongTime(
    subject.effective.rule,
    `The flow lived through ${formatMeasured(subject.idle)} idle, ${past} more than the effective timeout of ${formatDuration(subject.timeout)}.${loserText(subject)}`,
  );
});

function offText(subject: TimedCase, when: string): string {
  const what = subject.judged.kind === 'silent-drop' ? 'dropped' : 'reset';
  return `The load balancer ${what} the flow after ${formatMeasured(subject.idle)} idle, ${when} of ${formatDuration(subject.timeout)}.${loserText(subject)}`;
}
