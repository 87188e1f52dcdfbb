import type { LifeHabits } from './life-habits.js';
import type { Life } from './lives.js';

/** Legs that begin at one time among which none is told any more. */
const MOST_AT_ONCE = 64;

/** Each two of which neither fits any other, in the order of the client's; both lists are in the order in which they began. */
export function onlyFits(
  ours: readonly Life[],
  theirs: readonly Life[],
  habits: LifeHabits,
  couldBe: (a: Life, b: Life) => boolean,
): [Life, Life][] {
  const fits = new Map<Life, readonly Life[]>();
  const suitors = new Map<Life, number>();
  for (const a of ours) {
    const { from, to } = habits.beginning(a);
    const near = between(theirs, from, to);
    // Too many to tell: all of them may be this one's, and so none is another's alone.
    const fitting = near.length > MOST_AT_ONCE ? near : near.filter((b) => couldBe(a, b));
    fits.set(a, fitting);
    for (const b of fitting) suitors.set(b, (suitors.get(b) ?? 0) + 1);
  }
  return [...fits].flatMap(([a, [b, another]]): [Life, Life][] =>
    b !== undefined && another === undefined && suitors.get(b) === 1 ? [[a, b]] : [],
  );
}

/** Those that began between two times. */
function between(lives: readonly Life[], from: number, to: number): readonly Life[] {
  const first = countBefore(lives, from);
  let last = first;
  while (last < lives.length && lives[last].begin <= to && last - first <= MOST_AT_ONCE) last += 1;
  return lives.slice(first, last);
}

function countBefore(lives: readonly Life[], time: number): number {
  let from = 0;
  let to = lives.length;
  while (from < to) {
    const half = (from + to) >>> 1;
    if (lives[half].begin < time) from = half + 1;
    else to = half;
  }
  return from;
}
