import type { ByteWindow } from './window.js';

/** Answers about a place in the window; the last one says that it needs bytes which are not there yet. */
export const NO = 0;
export const YES = 1;
export const MORE = 2;
export type Answer = typeof NO | typeof YES | typeof MORE;

/**
 * Moves the window's start to the first place where a record can begin. False when the window holds none: what was
 * ruled out is consumed, so that filling it makes progress in bounded memory.
 */
export function seek(window: ByteWindow, canBegin: (at: number) => Answer): boolean {
  for (let at = window.start; at < window.end; at += 1) {
    const answer = canBegin(at);
    if (answer === NO) continue;
    window.start = at;
    return answer === YES;
  }
  window.start = window.end;
  return false;
}
