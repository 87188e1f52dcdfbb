import { InputError } from '#src/errors.js';
import { reportPairing } from './pairing/report.js';
import { halvesOf, printClasses, printReliability } from './print.js';
import { type CaseScore, isRight, type Outcome, scoreCase, type Use } from './score.js';
import { confusion } from './tables.js';
import { type Case, readCases } from './truth.js';

/** `npm run accuracy [folder]`: every labelled case, what the tool says of it, and where it is wrong. */
const ROOT = process.argv[2] ?? 'fixtures/captures';
/** Cases that were written, not captured; a folder that is named is all that is looked at. */
const SYNTHETIC_ROOT = process.argv[2] === undefined ? 'fixtures/synthetic' : null;
/** Cases that tell which connection is which; a folder that is named is looked through for both. */
const PAIRING_ROOTS = process.argv[2] === undefined ? ['fixtures/captures', 'fixtures/pairing'] : [ROOT];

async function report(use: Use, root: string, title = ''): Promise<void> {
  const scores = (await Promise.all(readCases(root).map((one) => scoreUnlessRefused(one, use)))).flat();
  const outcomes = scores.flatMap((score) => score.outcomes);
  // Cases that were written belong to no half.
  const halves = title === '' ? halvesOf(outcomes) : [];
  console.log(
    `\n== ${title}${use === 'pair' ? 'both captures' : `the ${use} capture alone`}: ${outcomes.length} labels ==\n`,
  );
  printClasses(outcomes, halves);
  console.log(`\n${confusion(outcomes)}\n`);
  printReliability(outcomes, halves);
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

/** The score of a case; none, and a line that says so, where its captures are refused. */
async function scoreUnlessRefused(one: Case, use: Use): Promise<CaseScore[]> {
  try {
    return [await scoreCase(one, use)];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    console.log(`refused: ${one.truth.case}: ${error.message.split('\n')[0]}`);
    return [];
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
