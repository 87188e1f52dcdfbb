import { LATE_SHARE } from '../evidence/probing.js';
import { likelySetting } from './likely-settings.js';

/** Whose timer ended the flows of a frontend, as far as their gaps tell, and why. */
export interface TimerKind {
  readonly timer: 'device' | 'kernel' | 'unknown';
  readonly text: string;
}

/** Fewer gaps agree by chance. */
const LEAST_GAPS = 3;
/** Timers in hardware and in programs are punctual: their gaps agree to this share, or to the seconds below it. */
const SHARP_SHARE = 0.004;
const SHARP_SECONDS = 0.03;
/** The steps of a kernel's timer wheel are no finer than a sixty-fourth of its length (kernel/time/timer.c). */
const COARSE_SHARE = 1 / 64;
const MILLISECONDS = 1000;
const PERCENT = 100;

/**
 * Tells a device's timer from a kernel's by the gaps that ended at the timer itself.
 * @param atTimer idle seconds of flows that were ended by the timer and not on the next packet
 * @param onNext how many ended on the next packet: those only bound the timer from above
 */
export function timerKind(atTimer: readonly number[], onNext: number): TimerKind {
  if (atTimer.length === 0) return { timer: 'unknown', text: boundsText(onNext) };
  if (atTimer.length < LEAST_GAPS)
    return { timer: 'unknown', text: 'too few gaps to tell whether a device or a kernel keeps the timer' };
  const lowest = Math.min(...atTimer);
  const spread = Math.max(...atTimer) - lowest;
  const share = spread / lowest;
  if (isSharp(lowest, lowest + spread))
    return { timer: 'device', text: `the gaps agree to ${spell(spread)}: a timer in a device or a program` };
  const setting = likelySetting(lowest);
  if (share >= COARSE_SHARE / 2 && share <= LATE_SHARE && setting !== null)
    return {
      timer: 'kernel',
      text: `the gaps spread upward from ${setting} s by ${(share * PERCENT).toFixed(1)} %: a kernel's timer, which fires late by up to an eighth, or a table that is swept`,
    };
  return { timer: 'unknown', text: `the gaps differ by ${spell(spread)}: no one timer explains that` };
}

/** Whether gaps from one length to another can all be a punctual timer's; in seconds. */
export function isSharp(lowest: number, highest: number): boolean {
  return highest - lowest <= Math.max(SHARP_SECONDS, SHARP_SHARE * lowest);
}

function boundsText(onNext: number): string {
  return onNext > 0
    ? 'resets on the next packet bound it from above only, gaps that were survived from below'
    : 'what was sent after it bounds it from above only, gaps that were survived from below';
}

function spell(spread: number): string {
  return spread < 1 ? `${Math.ceil(spread * MILLISECONDS)} ms` : `${spread.toFixed(1)} s`;
}
