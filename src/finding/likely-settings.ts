import { firedAfter } from '../evidence/probing.js';

const SECOND = 1e9;
/** Up to here people set any whole second: the kernel's steps are finer than that. */
const ANY_UP_TO = 15;
/** Longer times that people and systems set, in seconds. */
const LONGER = [
  20, 25, 30, 40, 45, 50, 60, 75, 90, 100, 120, 150, 180, 200, 240, 250, 270, 300, 350, 360, 400, 420, 450,
  480, 500, 540, 600, 660, 720, 900, 1000, 1200, 1500, 1800, 2400, 2700, 3000, 3600, 5400, 7200, 10_800,
  14_400,
];
const LIKELY = [...Array.from({ length: ANY_UP_TO }, (_, i) => i + 1), ...LONGER];

/**
 * The setting that a kernel's timer of this observed length was likely made with, in seconds: the longest likely one
 * after which it can have fired (kernel/time/timer.c: late by up to an eighth, never early). Null where none fits.
 */
export function likelySetting(observedSeconds: number): number | null {
  // What a capture stamps may be a little early, as the timer was set a little after the segment came.
  const observed = observedSeconds * SECOND + EARLY;
  return LIKELY.findLast((setting) => firedAfter(setting * SECOND, observed)) ?? null;
}

/** Nanoseconds by which a capture may stamp a probe early, against what it counts from. */
const EARLY = 2e6;
