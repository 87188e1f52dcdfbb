import { formatDuration } from '../../lb/duration.js';
import type { ConsideredSetting } from '../../lb/model.js';
import { type TimedCase, timerTolerance } from '../case.js';

/** A setting with a value that precedence passed over. */
export type Loser = ConsideredSetting & { readonly seconds: number };

/** The setting that lost but that the observation fits, if there is one. */
export function fittingLoser(subject: TimedCase): Loser | null {
  const losers = subject.effective.considered.filter((setting): setting is Loser =>
    isLoser(setting, subject),
  );
  return losers.find((loser) => fits(subject, loser.seconds)) ?? null;
}

function isLoser({ won, seconds }: ConsideredSetting, { timeout }: TimedCase): boolean {
  return !won && seconds !== null && seconds !== timeout;
}

/** An end at the timer fixes its value, one seen later bounds it from above, survival from below. */
function fits({ judged, idle }: TimedCase, seconds: number): boolean {
  const slack = judged.idleUncertaintySeconds + timerTolerance(seconds);
  const longEnough = idle >= seconds - slack;
  const shortEnough = idle <= seconds + slack;
  if (judged.kind === 'survived-timeout') return shortEnough;
  return judged.kind === 'silent-drop' || judged.triggered ? longEnough : longEnough && shortEnough;
}

/**
 * The sentences that a violation needs when it fits a setting that lost: both values, the precedence with its
 * source, and who disputes it. Begins with a space; without such a setting only disputes of the effect remain.
 */
export function loserText(subject: TimedCase): string {
  const { effective } = subject;
  const loser = fittingLoser(subject);
  const disputes = (effective.disputes ?? []).filter(({ about }) => about === 'effect' || loser !== null);
  const tail = disputes.map(({ text, source }) => ` Publicly disputed: ${text} (${source.url}).`).join('');
  if (loser === null) return tail;
  const value = formatDuration(loser.seconds);
  const why = `${effective.text.replace(/\.$/, '')} (${effective.source.url}).`;
  return ` It fits the ${value} of ${loser.name}, which lost. ${why}${tail}`;
}
