import { formatDuration, formatMeasured } from '../../lb/duration.js';
import type { EffectiveTimeout, ExpiryAction } from '../../lb/model.js';
import { type Rule, type TimedCase, timerTolerance, whenTimed } from '../case.js';
import { conforms, inconclusive, notCovered, wrongTime } from '../outcome.js';
import { loserText } from './losing-setting.js';

/** So many flows of one service that end after the same idle time are no accident: a timer ended them. */
const LEAST_ALIKE = 2;

/** A request was under way: the timer between requests was not running. */
export const requestUnderWay: Rule = ({ judged, effective }) => {
  if (effective.activity !== 'http' || judged.answered === true || judged.idleSeconds === null) return null;
  const other = otherTimer(judged.idleSeconds, effective);
  const which = other === null ? '' : ` It fits the ${formatDuration(other.seconds)} of ${other.name}.`;
  return notCovered(
    effective.rule,
    `The proxy closed the ${judged.proxyLeg ?? 'client'} leg ${formatMeasured(judged.idleSeconds)} into a request that had no answer yet, when its timer between requests was not running.${which}`,
  );
};

/** A timer of the same device, for something else than idleness, that an idle time fits. */
function otherTimer(idle: number, { otherTimers = [] }: EffectiveTimeout) {
  return otherTimers.find(({ seconds }) => Math.abs(idle - seconds) <= timerTolerance(seconds)) ?? null;
}

/** A leg that a full proxy closed after longer than its timer allows. */
export const legClosedLate: Rule = whenTimed((subject) => {
  const { idle, timeout, slack, late } = subject;
  if (idle <= timeout + slack + late) return null;
  return wrongTime(
    subject.effective.rule,
    `The ${leg(subject)} leg lived through ${formatMeasured(idle)} without data, ${formatMeasured(idle - timeout)} more than the effective timeout of ${formatDuration(timeout)}.${loserText(subject)}`,
  );
});

/** A leg that was closed when no timer of the proxy was due: by another timer if others went the same way. */
export const legClosedEarly: Rule = whenTimed((subject) => {
  const { idle, timeout, slack, judged, effective } = subject;
  if (idle >= timeout - slack) return null;
  const closed = `The proxy closed the ${leg(subject)} leg after ${formatMeasured(idle)} without data, before the effective timeout of ${formatDuration(timeout)}`;
  const other = otherTimer(idle, effective);
  if (other !== null)
    return notCovered(
      effective.rule,
      `${closed}: it fits the ${formatDuration(other.seconds)} of ${other.name}.`,
    );
  const alike = judged.alike ?? 0;
  if (judged.class === 'lb-idle-timeout' || alike >= LEAST_ALIKE)
    return wrongTime(effective.rule, `${closed}, and ${alikeText(alike)}.${loserText(subject)}`);
  return notCovered(effective.rule, `${closed}: not its idle timer.`);
});

function alikeText(alike: number): string {
  return alike === 0
    ? 'nothing else explains it'
    : `${alike} other${alike === 1 ? '' : 's'} after the same time`;
}

/** A leg that was closed when the proxy's timer was due, in the way that this timer closes it. */
export const legClosedInTime: Rule = whenTimed((subject) => {
  const { effective, idle, timeout, judged } = subject;
  const when = `The proxy closed the ${leg(subject)} leg after ${formatMeasured(idle)} without data, as the effective timeout of ${formatDuration(timeout)} demands.`;
  const resets = RESETS_LEG[judged.proxyLeg ?? 'client'].includes(effective.action);
  if (resets) return conforms(effective.rule, `${when} ${effective.text}`);
  const form =
    effective.action === 'close' || effective.action === 'unknown'
      ? 'Whether it does so with FIN or with a reset is not published.'
      : 'It should have done so with FIN: bytes that it had not read, or a write after its FIN, also lead to a reset.';
  return inconclusive(effective.rule, `${when} ${form}`);
});

const RESETS_LEG: Readonly<Record<'client' | 'server', readonly ExpiryAction[]>> = {
  client: ['rst-both-legs', 'rst-both-at-timer'],
  server: ['rst-both-legs', 'rst-both-at-timer', 'fin-client-rst-server'],
};

function leg({ judged }: TimedCase): string {
  return judged.proxyLeg === 'server' ? 'server' : 'client';
}
