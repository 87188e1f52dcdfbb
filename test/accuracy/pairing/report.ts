import { type Share, scorePairing } from './score.js';
import { methodScores, modeScores, together } from './tables.js';
import { readPairingCases } from './truth.js';

const share = (part: number, whole: number) =>
  `${whole === 0 ? '-' : `${((100 * part) / whole).toFixed(2)} %`}`.padStart(11);

/** Prints how connections were paired over all cases below some folders, and every pair that the lab did not make. */
export async function reportPairing(roots: readonly string[]): Promise<void> {
  const cases = roots.flatMap(readPairingCases).filter(({ truth }) => truth.refused === null);
  const scores = await Promise.all(cases.map(scorePairing));
  console.log(`\n== pairing: ${cases.length} cases ==\n`);
  console.log('method              pairs   right  precision');
  for (const { method, reported, right } of methodScores(scores))
    console.log(
      `${method.padEnd(17)}${String(reported).padStart(8)}${String(right).padStart(8)}${share(right, reported)}`,
    );
  console.log('\nmode          connections   found     recall');
  for (const { mode, labelled, found } of modeScores(scores))
    console.log(
      `${mode.padEnd(17)}${String(labelled).padStart(8)}${String(found).padStart(8)}${share(found, labelled)}`,
    );
  console.log('\nwhat               labelled reported   right  precision     recall');
  printShare('folded into one', together(scores.map(({ folded }) => folded)));
  printShare('requests, content', together(scores.map(({ requests }) => requests.byContent)));
  printShare('requests, times', together(scores.map(({ requests }) => requests.byTime)));
  const asked = scores.map(({ requests }) => requests);
  const made = asked.reduce((total, { labelled }) => total + labelled, 0);
  const found = asked.reduce((total, one) => total + one.found, 0);
  console.log(`requests of pools  ${String(made).padStart(8)}, found ${found}: ${share(found, made).trim()}`);
  const wrong = scores.flatMap(({ case: name, reported }) =>
    reported.filter(({ right }) => !right).map(({ method, what }) => `${name}: ${what} (${method})`),
  );
  console.log(`\nwrong pairs: ${wrong.length}`);
  for (const line of wrong) console.log(`  ${line}`);
}

function printShare(what: string, { labelled, reported, right }: Share): void {
  const counts = [labelled, reported, right].map((count) => String(count).padStart(8)).join('');
  console.log(`${what.padEnd(19)}${counts}${share(right, reported)}${share(right, labelled)}`);
}
