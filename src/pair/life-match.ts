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
      const chance =
        wentOnTogether(a, b) && couldBe(a, b) ? Math.exp(habits.likeness(a, b) - prior - ALONE) : 0;
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

/** Moments farther apart than this are not one: nanoseconds. */
const FARTHEST = 0.5e9;

/** Whether anything but their beginnings can have happened to two lives together: what hardly any two have in common. */
function wentOnTogether(a: Life, b: Life): boolean {
  const near = (one: number | undefined, other: number | undefined) =>
    one !== undefined && other !== undefined && Math.abs(one - other) <= FARTHEST;
  const [here, there] = [a.pause?.end, b.pause?.end];
  return near(a.end, b.end) || near(here, there) || near(here, b.end) || near(a.end, there);
}

/**
 * Lives of the server's vantage by their moments: which of them began with one of the client's or, where that was not
 * seen, went on or ended with it.
 */
class Neighbours {
  readonly #begun: Moments;
  /** How lives went on and ended: of all, and of those whose beginning was not captured. */
  readonly #later: readonly Moments[];
  readonly #laterOfUnbegun: readonly Moments[];

  constructor(
    lives: readonly Life[],
    private readonly habits: LifeHabits,
  ) {
    const laterOf = (some: readonly Life[]) => [new Moments(some, 'end'), new Moments(some, 'went on')];
    this.#begun = new Moments(lives, 'begin');
    this.#later = laterOf(lives);
    this.#laterOfUnbegun = laterOf(lives.filter(({ begin }) => begin === null));
  }

  /** None where there are too many to tell: all of them may be this one's. */
  of({ begin, asked, pause, end }: Life): readonly Life[] {
    const found = new Set<Life>();
    if (begin !== null) this.#add(found, this.#begun, begin);
    if (asked !== null) this.#add(found, this.#begun, asked);
    for (const moments of begin === null ? this.#later : this.#laterOfUnbegun) {
      this.#add(found, moments, end);
      if (pause !== null) this.#add(found, moments, pause.end);
    }
    return found.size > MOST_AT_ONCE ? [] : [...found];
  }

  #add(found: Set<Life>, moments: Moments, time: number): void {
    const { from, to } = this.habits.around(time);
    for (const life of moments.between(from, to, MOST_AT_ONCE + 1)) found.add(life);
  }
}
