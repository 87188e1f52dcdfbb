import type { LifeHabits } from './life-habits.js';
import { Moments } from './life-moments.js';
import type { Life } from './lives.js';

/** Lives with something at one time among which none is told any more. */
const MOST_AT_ONCE = 64;
/** How probable it must be, of both, that each is the other's. */
const CERTAIN = 0.99;
/** What speaks for a connection's having no partner in the other capture, before anything is known of it. */
const ALONE = Math.log(0.2);

/** Each two that are likelier one connection's than any other two with one of them, in the order of the client's. */
export function likeliestPairs(
  ours: readonly Life[],
  theirs: readonly Life[],
  habits: LifeHabits,
  couldBe: (a: Life, b: Life) => boolean,
): [Life, Life][] {
  const neighbours = new Neighbours(theirs, habits);
  const chances = new Map<Life, ReadonlyMap<Life, number>>();
  const rivals = new Map<Life, number>();
  const prior = Math.log(Math.max(ours.length, theirs.length));
  for (const a of ours) {
    const own = new Map<Life, number>();
    for (const b of neighbours.of(a)) {
      const chance = couldBe(a, b) ? Math.exp(habits.likeness(a, b) - prior - ALONE) : 0;
      if (chance === 0) continue;
      own.set(b, chance);
      rivals.set(b, (rivals.get(b) ?? 1) + chance);
    }
    chances.set(a, own);
  }
  return [...chances].flatMap(([a, own]): [Life, Life][] => {
    const all = [...own.values()].reduce((sum, chance) => sum + chance, 1);
    const certain = [...own].find(([, chance]) => chance >= CERTAIN * all);
    if (certain === undefined) return [];
    const [b, chance] = certain;
    return chance >= CERTAIN * (rivals.get(b) ?? 1) ? [[a, b]] : [];
  });
}

/**
 * Lives of the server's vantage by their moments: which of them began with one of the client's or, where that was not
 * seen, went on or ended with it.
 */
class Neighbours {
  readonly #begun: Moments;
  readonly #gone: Moments;
  readonly #wentOn: Moments;

  constructor(
    lives: readonly Life[],
    private readonly habits: LifeHabits,
  ) {
    this.#begun = new Moments(lives, 'begin');
    this.#gone = new Moments(lives, 'end');
    this.#wentOn = new Moments(lives, 'went on');
  }

  /** None where there are too many to tell: all of them may be this one's. */
  of({ begin, asked, pause, end }: Life): readonly Life[] {
    const found = new Set<Life>();
    const isUnknown = (life: Life) => begin === null || life.begin === null;
    if (begin !== null) this.#add(found, this.#begun, begin, () => true);
    if (asked !== null) this.#add(found, this.#begun, asked, () => true);
    for (const moments of [this.#gone, this.#wentOn]) {
      this.#add(found, moments, end, isUnknown);
      if (pause !== null) this.#add(found, moments, pause.end, isUnknown);
    }
    return found.size > MOST_AT_ONCE ? [] : [...found];
  }

  #add(found: Set<Life>, moments: Moments, time: number, isWanted: (life: Life) => boolean): void {
    const { from, to } = this.habits.around(time);
    for (const life of moments.between(from, to, MOST_AT_ONCE + 1)) if (isWanted(life)) found.add(life);
  }
}
