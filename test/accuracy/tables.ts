import { isRight, type Outcome } from './score.js';

/** Precision and recall of one class over all outcomes. */
export interface ClassScore {
  readonly class: string;
  readonly labelled: number;
  readonly reported: number;
  readonly right: number;
  readonly precision: number;
  readonly recall: number;
}

export function classScores(outcomes: readonly Outcome[]): ClassScore[] {
  const names = new Set(outcomes.flatMap(({ expected, actual }) => [expected.class, actual.class]));
  return [...names].sort().map((name) => {
    const labelled = outcomes.filter(({ expected }) => expected.class === name).length;
    const reported = outcomes.filter(({ actual }) => actual.class === name).length;
    const right = outcomes.filter((outcome) => outcome.expected.class === name && isRight(outcome)).length;
    // Where a label accepts another class, too, what is right of the labels is not what is right of the verdicts.
    const rightly = outcomes.filter((outcome) => outcome.actual.class === name && isRight(outcome)).length;
    return {
      class: name,
      labelled,
      reported,
      right,
      precision: share(rightly, reported),
      recall: share(right, labelled),
    };
  });
}

function share(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}

/** Bounds of the confidence bands in the reliability table. */
const BANDS = [0, 0.5, 0.7, 0.9, 0.99];

/** Of the verdicts given with so much confidence, how many were right; undetermined ones are no verdicts. */
export function reliability(
  outcomes: readonly Outcome[],
): { from: number; verdicts: number; right: number }[] {
  const verdicts = outcomes.filter(
    ({ actual }) => actual.class !== 'undetermined' && actual.class !== 'none',
  );
  return BANDS.map((from, i) => {
    const inBand = verdicts.filter(
      ({ actual }) => actual.confidence >= from && actual.confidence < (BANDS[i + 1] ?? 2),
    );
    return { from, verdicts: inBand.length, right: inBand.filter(isRight).length };
  });
}

/** Rows by label, columns by verdict. */
export function confusion(outcomes: readonly Outcome[]): string {
  const names = [
    ...new Set(outcomes.flatMap(({ expected, actual }) => [expected.class, actual.class])),
  ].sort();
  const width = Math.max(...names.map((name) => name.length), 8);
  const line = (cells: readonly string[]) => cells.map((cell) => cell.padStart(width)).join('  ');
  const rows = names.map((row) =>
    line([
      row,
      ...names.map((column) =>
        String(
          outcomes.filter(({ expected, actual }) => expected.class === row && actual.class === column).length,
        ),
      ),
    ]),
  );
  return [line(['is \\ said', ...names]), ...rows].join('\n');
}
