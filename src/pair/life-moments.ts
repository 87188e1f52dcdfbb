import type { Life } from './lives.js';

/** What happens in a life, of which each kind has its time. */
export type Moment = 'begin' | 'fell silent' | 'went on' | 'end';

const TIME_OF: Readonly<Record<Moment, (life: Life) => number | null>> = {
  begin: ({ begin }) => begin,
  'fell silent': ({ pause }) => pause?.begin ?? null,
  'went on': ({ pause }) => pause?.end ?? null,
  end: ({ end }) => end,
};

/** Moments so close together may have one cause, whichever lives they are of: nanoseconds. */
const TOGETHER = 0.02e9;

/** Lives in the order in which each went through one kind of moment. */
export class Moments {
  readonly #lives: readonly Life[];
  readonly #times: Float64Array;

  constructor(
    lives: readonly Life[],
    private readonly moment: Moment,
  ) {
    const timed = lives.flatMap((life) => {
      const time = TIME_OF[moment](life);
      return time === null ? [] : [{ life, time }];
    });
    timed.sort((a, b) => a.time - b.time);
    this.#lives = timed.map(({ life }) => life);
    this.#times = Float64Array.from(timed, ({ time }) => time);
  }

  /** Those between two times, in nanoseconds, but no more than `most`. */
  between(from: number, to: number, most: number): readonly Life[] {
    const first = this.#countBefore(from);
    return this.#lives.slice(first, Math.min(first + most, this.#countBefore(to)));
  }

  /** How many others a nanosecond go through it about when this life does, as a share of all. */
  crowdAround(life: Life): number {
    const time = TIME_OF[this.moment](life);
    if (time === null) return 0;
    const others = this.#countBefore(time + TOGETHER) - this.#countBefore(time - TOGETHER) - 1;
    return others / (2 * TOGETHER * this.#lives.length);
  }

  #countBefore(time: number): number {
    let from = 0;
    let to = this.#times.length;
    while (from < to) {
      const half = (from + to) >>> 1;
      if (this.#times[half] < time) from = half + 1;
      else to = half;
    }
    return from;
  }
}

/** How crowded the moments of some lives are, each looked up once. */
export class Crowdedness {
  readonly #known = new Map<Life, Map<Moment, number>>();
  readonly #moments = new Map<Moment, Moments>();

  constructor(private readonly lives: readonly Life[]) {}

  /** Share of these lives that go through the same about when this one does, a nanosecond. */
  around(life: Life, moment: Moment): number {
    let own = this.#known.get(life);
    if (own === undefined) {
      own = new Map();
      this.#known.set(life, own);
    }
    let share = own.get(moment);
    if (share === undefined) {
      share = this.#of(moment).crowdAround(life);
      own.set(moment, share);
    }
    return share;
  }

  #of(moment: Moment): Moments {
    let all = this.#moments.get(moment);
    if (all === undefined) {
      all = new Moments(this.lives, moment);
      this.#moments.set(moment, all);
    }
    return all;
  }
}
