import { judge } from '#src/verdict/judge.js';
import { RULES } from '#src/verdict/rules/index.js';
import { halfOf } from '../split.js';
import { readCases } from '../truth.js';
import { eventsOf, type LabelledEvent } from './events.js';
import { lossOf, type Performance, performance } from './loss.js';
import { tunable, type Weight, weightsOf } from './weights.js';

/**
 * `npm run tune [folder...]`: which weights the tuning half of the labelled cases would have otherwise, one step at a time, and
 * what that does to the half that is held back. It changes no file: a weight has a reason, and a number that only fits
 * these cases has none.
 */
const FOLDERS = process.argv.length > 2 ? process.argv.slice(2) : ['fixtures/captures', 'fixtures/pairing'];
/** Decibans by which a weight is tried higher and lower. */
const STEPS: readonly number[] = [-6, -3, -1.5, 1.5, 3, 6];
/** A change that gains less than this share of the loss is noise. */
const LEAST_GAIN = 0.002;
const MOST_CHANGES = 25;

const halves: Record<'tuning' | 'held-back', LabelledEvent[]> = { tuning: [], 'held-back': [] };
for (const one of FOLDERS.flatMap(readCases)) {
  // Captures of different incidents are refused, and have nothing to judge.
  const events = await eventsOf(one).catch(() => []);
  halves[halfOf(one.truth.case)].push(...events);
}
for (const events of Object.values(halves)) share(events);
console.log(`${halves.tuning.length} events to tune on, ${halves['held-back'].length} held back\n`);

const rules = tunable(RULES);
const weights = weightsOf(rules);
report('as it is');
for (let change = 0; change < MOST_CHANGES; change += 1) {
  const best = bestStep(weights);
  if (best === null) break;
  const before = best.weight.value;
  best.weight.set(before + best.step);
  report(`${best.weight.name} -> ${before + best.step}`);
}

/** Lets each case count alike, but for the root of its events. */
function share(events: readonly LabelledEvent[]): void {
  const sizes = new Map<string, number>();
  for (const event of events) sizes.set(event.case, (sizes.get(event.case) ?? 0) + 1);
  const shares = events.map((event) => 1 / Math.sqrt(sizes.get(event.case) ?? 1));
  const whole = shares.reduce((sum, one) => sum + one, 0);
  for (const [i, event] of events.entries()) event.share = (shares[i] ?? 0) / whole;
}

/** The one step of one weight that helps the tuning half most; null where none is worth it. */
function bestStep(all: readonly Weight[]): { weight: Weight; step: number } | null {
  const losses = new Map(halves.tuning.map((event) => [event, lossNow(event)]));
  const now = [...losses.values()].reduce((sum, loss) => sum + loss, 0);
  let best: { weight: Weight; step: number; gain: number } | null = null;
  for (const weight of all) {
    const { value } = weight;
    const touched = halves.tuning.filter((event) => touches(weight, event));
    for (const step of STEPS) {
      weight.set(value + step);
      const gain = touched.reduce((sum, event) => sum + (losses.get(event) ?? 0) - lossNow(event), 0);
      if (gain > (best?.gain ?? now * LEAST_GAIN)) best = { weight, step, gain };
    }
    weight.set(value);
  }
  return best;
}

function lossNow(event: LabelledEvent): number {
  return event.share * lossOf(event, judge(event.facts, rules));
}

/** Whether a weight counts for an event at all. */
function touches({ entries }: Weight, { facts }: LabelledEvent): boolean {
  return entries.some(({ rule, id, counts }) => {
    const isShut =
      rule.requires.some((needed) => facts.get(needed)?.state === false) ||
      rule.excludes.some((barred) => facts.get(barred)?.state === true);
    return facts.get(id)?.state === counts && !isShut;
  });
}

function report(what: string): void {
  const told = (events: readonly LabelledEvent[]) => wordsOf(performance(events, rules), events.length);
  console.log(`${what}\n  tuning    ${told(halves.tuning)}\n  held back ${told(halves['held-back'])}`);
}

function wordsOf({ loss, right, undetermined, confidentlyWrong }: Performance, all: number): string {
  const wrong = all - right - undetermined;
  return `loss ${loss.toFixed(4)}  right ${right}  undetermined ${undetermined}  wrong ${wrong}, ${confidentlyWrong} of them at 0.9 or more`;
}
