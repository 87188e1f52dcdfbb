import { escapeDeep, escapeForTerminal } from '../escape.js';
import { githubOf } from '../github.js';
import { jsonText } from '../json-text.js';
import { junitOf } from '../junit.js';
import { cellCode, prose } from '../markdown/escape.js';
import { findingSection } from '../markdown/finding.js';
import { sarifOf } from '../sarif.js';
import { groupAlike } from '../text/alike.js';
import { text } from './text.js';
import { type CheckReporter, failsIn, outcomeOf, standingWords } from './types.js';

const INDENT = 2;
const VERSION = 1;

/** Everything: each pair with its whole report, and how each finding stands. */
export const json: CheckReporter = ({ pairs, notes }) => {
  const listed = pairs.map(({ name, result, standings }) => ({
    name,
    standings: [...standings].map(([finding, standing]) => ({ finding, ...standing })),
    report: result,
  }));
  return `${jsonText({ schemaVersion: VERSION, pairs: listed, notes }, INDENT)}\n`;
};

/** A suite for each pair. */
export const junit: CheckReporter = ({ pairs }) =>
  junitOf(pairs.map((pair) => ({ name: pair.name, result: pair.result, fails: failsIn(pair) })));

/** A run for each pair; what is allowed is suppressed with its reason, what is known says so. */
export const sarif: CheckReporter = ({ pairs }) =>
  sarifOf(
    pairs.map((pair) => ({
      name: pair.name,
      result: pair.result,
      fails: failsIn(pair),
      marks: (id) => {
        const standing = pair.standings.get(id);
        if (standing?.status === 'allowed')
          return { suppressions: [{ kind: 'external', justification: escapeForTerminal(standing.reason) }] };
        return { baselineState: standing?.status === 'known' ? 'unchanged' : 'new' };
      },
    })),
  );

/** Annotations over all pairs together, and the text as a group of the log. */
export const github: CheckReporter = (checked, options) =>
  githubOf(
    checked.pairs.map((pair) => ({ result: pair.result, fails: failsIn(pair) })),
    text(checked, options),
  );

/** For a job's summary or a ticket: the pairs, then what fails. */
export const markdown: CheckReporter = (checked) => {
  const rows = checked.pairs.map(
    (pair) => `| ${cellCode(escapeForTerminal(pair.name))} | ${standingWords(pair)} |`,
  );
  const sections = checked.pairs.flatMap((pair) => {
    const failing = pair.result.findings.filter(failsIn(pair));
    if (failing.length === 0) return [];
    const groups = groupAlike(escapeDeep(failing, escapeForTerminal));
    return [
      [`## ${prose(escapeForTerminal(pair.name))}`],
      ...groups.flatMap((group) => findingSection(group, false)),
    ];
  });
  const all = [
    ['# TCP resets'],
    [`Check ${prose(outcomeOf(checked))}`],
    ['| Pair | Findings |', '| --- | --- |', ...rows],
    checked.notes.map((note) => `- ${prose(escapeForTerminal(note))}`),
    ...sections,
  ];
  return `${all
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
};
