import { type Common, commonOf, type Mark } from './life-marks.js';
import type { Crowdedness } from './life-moments.js';
import type { Life } from './lives.js';

/** A proxy passes on the beginning and the end of a leg within this. */
const PASSES_WITHIN = 0.02e9;
/** Known pairs that make a habit; more than so many make it no better known. */
const LEAST_KNOWN = 3;
const MOST_KNOWN = 1024;
/** What a habit is kept to at best: a process on a busy machine waits for its turn. */
const LEAST_SPREAD = 0.15e6;
/** The scale of a Laplace distribution, in medians of the distance from its middle. */
const SCALE = Math.LOG2E;
/** Farther from a habit than this many scales nothing is looked for. */
const REACH = 12;
/** How a proxy opens its leg takes longer than how it passes on what comes later. */
const OPENED = 'opened';
/** What is known beforehand of how often legs go through a moment together counts as much as so many cases. */
const SEEN = 5;

/** How a moment on the server's leg follows the client's. Times in nanoseconds. */
interface Habit {
  /** How much later it is, and how far from that it strays. */
  readonly middle: number;
  readonly spread: number;
  /** Of how many known connections, on how many legs it followed at all. */
  readonly seen: number;
  readonly followed: number;
  /** How dense such moments lie at some distance from the middle, as a share of all of them a nanosecond. */
  density(away: number): number;
}

export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * How long after a client's leg the server's one goes through the same moments. Where legs are known that belong
 * together they tell, however badly the clocks are known: what is wrong with those is wrong with all of them alike.
 */
export class LifeHabits {
  readonly #habits = new Map<string, Habit>();
  #guess: Habit;

  /**
   * @param known lives of one connection each
   * @param uncertainty of the clock that the lives are told on, in nanoseconds
   * @param span that the captures cover, in nanoseconds: what is no habit happens anywhere in it
   * @param crowd the server's lives: nor does it tell much that something happened when it happened to many
   */
  constructor(
    known: readonly (readonly [Life, Life])[],
    uncertainty: number,
    private readonly span: number,
    private readonly crowd: Crowdedness,
  ) {
    this.#guess = guessed(2 * uncertainty, 0);
    const seen = new Map<string, number[]>();
    for (const [client, server] of known.slice(0, MOST_KNOWN)) {
      for (const mark of commonOf(client, server).flatMap(({ ways }) => ways)) {
        for (const name of namesOf(mark)) {
          const others = seen.get(name);
          if (others === undefined) seen.set(name, [mark.later]);
          else others.push(mark.later);
        }
      }
    }
    for (const [name, all] of seen) if (all.length >= LEAST_KNOWN) this.#habits.set(name, habitOf(all));
    const closest = closestOf(
      [...this.#habits].filter(([name]) => !name.startsWith(OPENED)).map(([, habit]) => habit),
    );
    // All ends together tell what the clock is worth; how late one comes depends on its kind.
    this.#habits.delete('ended');
    if (closest !== undefined && REACH * closest.spread < uncertainty)
      this.#guess = guessed(REACH * closest.spread, closest.middle);
  }

  /** The earliest and latest time at which a server's leg can have done what goes with what a client's did at `time`. */
  around(time: number): Range {
    const ranges = [this.#guess, ...this.#habits.values()].map(({ middle, spread }) => {
      const most = Math.min(REACH * spread, WIDEST);
      return { from: middle - most, to: middle + most };
    });
    return {
      from: time + Math.min(...ranges.map(({ from }) => from)),
      to: time + Math.max(...ranges.map(({ to }) => to)),
    };
  }

  /**
   * How much likelier two lives are as those of one connection than as those of two: the logarithm of the ratio, summed
   * over what both show.
   */
  likeness(client: Life, server: Life): number {
    let sum = 0;
    for (const common of commonOf(client, server)) sum += Math.log(this.#ratio(server, common));
    return sum;
  }

  #habitOf(mark: Mark): Habit {
    for (const name of namesOf(mark)) {
      const habit = this.#habits.get(name);
      if (habit !== undefined) return habit;
    }
    return this.#guess;
  }

  /** How much denser such moments lie where the habit is than they do anyway. */
  #ratio(server: Life, { share, ways }: Common): number {
    return Math.max(
      ...ways.map((mark) => {
        const { middle, seen, followed, density } = this.#habitOf(mark);
        const shared = (share * SEEN + followed) / (SEEN + seen);
        // Connections come one by one, and that others came too is counted where they are compared; what ends them ends many.
        const crowd = mark.moment === 'begin' ? 0 : this.crowd.around(server, mark.moment);
        const anyway = 1 / this.span + crowd;
        return ((shared / ways.length) * density(Math.abs(mark.later - middle))) / anyway + 1 - shared;
      }),
    );
  }
}

/** What a mark is known by, most closely first. */
function namesOf({ kind, detail }: Mark): string[] {
  return detail === undefined ? [kind] : [`${kind} ${detail}`, kind];
}

/** Moments farther apart are looked for at no other leg. */
const WIDEST = 0.5e9;

/** What is known of proxies at large: the sooner the likelier, whatever the scale, on a clock that may be wrong. */
function guessed(error: number, middle: number): Habit {
  const least = LEAST_SPREAD + error;
  const most = PASSES_WITHIN + error;
  const all = 2 * Math.log((most + least) / least);
  const density = (away: number) => (away > most ? 0 : 1 / (all * (away + least)));
  return { middle, spread: most / REACH, seen: 0, followed: 0, density };
}

/** The habit that is kept to most closely: it tells what the clock is worth for all others. */
function closestOf(habits: readonly Habit[]): Habit | undefined {
  return habits.reduce<Habit | undefined>(
    (best, habit) => (best === undefined || habit.spread < best.spread ? habit : best),
    undefined,
  );
}

function habitOf(all: readonly number[]): Habit {
  const middle = median(all);
  const strays = all.map((later) => Math.abs(later - middle));
  const spread = Math.max(LEAST_SPREAD, SCALE * median(strays));
  const followed = strays.filter((away) => away <= REACH * spread).length;
  const density = (away: number) => Math.exp(-away / spread) / (2 * spread);
  return { middle, spread, seen: all.length, followed, density };
}

function median(all: readonly number[]): number {
  const sorted = [...all].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
