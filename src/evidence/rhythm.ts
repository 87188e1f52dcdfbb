const SECOND = 1e9;
/** Resets before and after one that are looked at for a rhythm. */
export const BEATS = 3;
/** Steps of one rhythm differ by this share at most, or by `BEAT_SLACK`: a prober waits for its own timer. */
const BEAT_SHARE = 0.03;
const BEAT_SLACK = 0.03 * SECOND;
/** Equal steps in a row that make a rhythm, and the shortest step that is one. */
const LEAST_STEPS = 3;
const LEAST_STEP = 0.3 * SECOND;

/** The step between resets, where those around one come at even steps; null where they do not. */
export function periodOf(
  {
    before,
    at,
    after,
  }: {
    before: number[];
    at: number;
    after: number[];
  },
  leastSteps = LEAST_STEPS,
): number | null {
  const times = [...before, at, after].flat();
  const steps = times.slice(1).map((time, i) => time - (times[i] as number));
  return evenRun(steps, leastSteps, 0) ?? evenRun(steps, leastSteps + 1, 1);
}

/** The shortest of so many steps in a row that are even but for a few missed beats. */
function evenRun(steps: readonly number[], count: number, missed: number): number | null {
  for (let from = 0; from + count <= steps.length; from += 1) {
    const run = steps.slice(from, from + count);
    const least = Math.min(...run);
    if (least >= LEAST_STEP && isEven(run, least, missed)) return least;
  }
  return null;
}

/** Whether steps are all as long as the shortest, or few of them twice: one beat is easily missed, by a capture too. */
function isEven(run: readonly number[], least: number, mostMissed: number): boolean {
  const slack = Math.max(BEAT_SLACK, BEAT_SHARE * least);
  const longer = run.filter((step) => step - least > slack);
  return longer.length <= mostMissed && longer.every((step) => Math.abs(step - 2 * least) <= slack);
}
