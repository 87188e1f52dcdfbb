import { reportPairing } from './pairing/report.js';
import { isRight, type Outcome, scoreCase, type Use } from './score.js';
import { classScores, confusion, reliability } from './tables.js';
import { readCases } from './truth.js';

/** `npm run accuracy [folder]`: every labelled case, what the tool says of it, and where it is wrong. */
const ROOT = process.argv[2] ?? 'fixtures/captures';
/** Cases that were written, not captured; a folder that is named is all that is looked at. */
const SYNTHETIC_ROOT = process.argv[2] === undefined ? 'fixtures/synthetic' : null;
/** Cases that tell which connection is which; a folder that is named is looked through for both. */
const PAIRING_ROOTS = process.argv[2] === undefined ? ['fixtures/captures', 'fixtures/pairing'] : [ROOT];
const percent = (value: number) => `${(100 * value).toFixed(1)} %`.padStart(8);

async function report(use: Use, root: string, title = ''): Promise<void> {
  const scores = await Promise.all(readCases(root).map((one) => scoreCase(one, use)));
  const outcomes = scores.flatMap((score) => score.outcomes);
  console.log(
    `\n== ${title}${use === 'pair' ? 'both captures' : `the ${use} capture alone`}: ${outcomes.length} labels ==\n`,
  );
  console.log('class                  labelled  reported  right  precision    recall');
  for (const one of classScores(outcomes)) {
    const counts = [one.labelled, one.reported, one.right].map((count) => String(count).padStart(8)).join('');
    console.log(`${one.class.padEnd(22)}${counts}   ${percent(one.precision)}  ${percent(one.recall)}`);
  }
  console.log(`\n${confusion(outcomes)}`);
  console.log('\nconfidence from  verdicts  right');
  for (const { from, verdicts, right } of reliability(outcomes)) {
    console.log(`${String(from).padStart(15)}${String(verdicts).padStart(10)}${String(right).padStart(7)}`);
  }
  const wrong = outcomes.filter((outcome) => !isRight(outcome));
  if (use === 'pair') {
    printWrong('wrong', wrong);
    printWrong(
      'right, but for the subtype',
      outcomes.filter((outcome) => isRight(outcome) && outcome.expected.subtype !== outcome.actual.subtype),
    );
    for (const score of scores) {
      for (const surplus of score.surplus) console.log(`surplus: ${surplus}`);
      const { expected, actual } = score.violations;
      if (expected !== actual) console.log(`policy: ${score.case}: ${actual} violations, ${expected} made`);
      if (score.clockError !== null && score.clockError > 1)
        console.log(`clock: ${score.case}: outside of its bounds`);
    }
  } else {
    printWrong(
      'wrong with confidence of 0.9 or more',
      wrong.filter(({ actual }) => actual.class !== 'undetermined' && actual.confidence >= 0.9),
    );
    printWrong(
      'wrong with less',
      wrong.filter(({ actual }) => actual.class !== 'undetermined' && actual.confidence < 0.9),
    );
  }
}

function printWrong(title: string, outcomes: readonly Outcome[]): void {
  console.log(`\n${title}: ${outcomes.length}`);
  for (const { case: name, connection, did, where, expected, actual } of outcomes) {
    console.log(
      `  ${name} ${connection} ${where}: is ${expected.class}/${expected.subtype} by ${expected.originator}, said ${actual.class}/${actual.subtype} by ${actual.originator} (${actual.confidence}); ${did}`,
    );
  }
}

for (const use of ['pair', 'client', 'server'] as const) await report(use, ROOT);
if (SYNTHETIC_ROOT !== null)
  for (const use of ['pair', 'client', 'server'] as const) await report(use, SYNTHETIC_ROOT, 'synthetic, ');
await reportPairing(PAIRING_ROOTS);
