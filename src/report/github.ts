import { createHash } from 'node:crypto';
import type { Finding, Result } from '../result.js';
import { escapeDeep, escapeForTerminal } from './escape.js';
import { table } from './table.js';
import { type Group, groupAlike } from './text/alike.js';
import { clientOf, frontendOf } from './text/connection.js';
import { frameList } from './text/frames.js';
import { plural } from './text/units.js';
import { actorWords, confidenceWords, verdictWords } from './text/wording.js';
import type { ReportOptions } from './types.js';

type Level = 'error' | 'warning';

/** GitHub keeps ten annotations of a level for a step, and drops the rest without a word. */
const MOST_OF_A_LEVEL = 10;
const MOST_FRAMES = 4;

/** A report to annotate: its result, and what fails in it. */
export interface Annotated {
  readonly result: Result;
  readonly fails: (finding: Finding) => boolean;
}

/** Findings that say the same, and the report they are of. */
interface Place {
  readonly group: Group;
  readonly result: Result;
}

/**
 * Annotations for a GitHub workflow: an error for each group of findings that fail the run, a warning for each other
 * that did harm, then the whole report as a group of the log.
 */
export function github(result: Result, options: ReportOptions): string {
  return githubOf([{ result, fails: options.fails }], table(result, options));
}

/** The same of several reports, with the text that says it all. */
export function githubOf(reports: readonly Annotated[], text: string): string {
  const failing: Place[] = [];
  const harmful: Place[] = [];
  for (const { result: raw, fails } of reports) {
    const bad = new Set(raw.findings.filter(fails).map(({ id }) => id));
    const result = escapeDeep(raw, escapeForTerminal);
    const [errors, others] = [true, false].map((is) =>
      result.findings.filter(({ id }) => bad.has(id) === is),
    );
    failing.push(...groupAlike(errors).map((group) => ({ group, result })));
    const warned = others.filter(({ impact }) => impact !== 'harmless');
    harmful.push(...groupAlike(warned).map((group) => ({ group, result })));
  }
  const lines = [...annotations('error', failing), ...annotations('warning', harmful), ...wholeReport(text)];
  return lines.map((line) => `${line}\n`).join('');
}

function annotations(level: Level, places: readonly Place[]): string[] {
  const most = places.length > MOST_OF_A_LEVEL ? MOST_OF_A_LEVEL - 1 : MOST_OF_A_LEVEL;
  const rest = places.slice(most);
  const left = rest.reduce((sum, { group }) => sum + group.members.length, 0);
  return [
    ...places.slice(0, most).map((place) => annotation(level, place)),
    ...(rest.length === 0
      ? []
      : [
          command(
            level,
            { title: 'rst-analyze' },
            `${plural(left, 'more finding')}, in the log of this step`,
          ),
        ]),
  ];
}

function annotation(level: Level, { group, result: { captures } }: Place): string {
  const { first, members } = group;
  const file = captures.find(({ vantage }) => vantage === first.resets[0]?.vantage) ?? captures[0];
  const title = [plural(members.length, 'time', 'times'), verdictWords(first), actorWords(first)];
  return command(
    level,
    { ...(file && file.path !== '-' ? { file: file.path } : {}), title: title.filter(Boolean).join(', ') },
    messageOf(group),
  );
}

function messageOf(group: Group): string {
  const { first } = group;
  const strongest = [...first.evidence].sort((a, b) => b.weight - a.weight)[0];
  const { policyCheck } = first;
  return [
    `${first.id}: ${clientOf(group)} → ${frontendOf(group)}, ${confidenceWords(first)}`,
    policyCheck &&
      `policy ${policyCheck.status}: expected ${policyCheck.expected}, observed ${policyCheck.observed}`,
    strongest?.text,
    frameList(framesOf(first), MOST_FRAMES),
    first.remedy[0]?.text,
  ]
    .filter(Boolean)
    .join('\n');
}

function framesOf({ resets, evidence }: Finding) {
  return resets.length > 0 ? resets : evidence.flatMap(({ frames }) => frames);
}

/** A workflow command; see "Workflow commands for GitHub Actions" for what its parts may not contain. */
function command(name: string, properties: Readonly<Record<string, string>>, message: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${property(value)}`);
  return `::${name}${list.length === 0 ? '' : ` ${list.join(',')}`}::${data(message)}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** The text, between marks that keep the runner from obeying anything in it: a text cannot contain its own hash. */
function wholeReport(whole: string): string[] {
  const text = whole.trimEnd();
  const mark = createHash('sha256').update(text).digest('hex');
  return [
    command('group', {}, 'rst-analyze'),
    `::stop-commands::${mark}`,
    text,
    `::${mark}::`,
    '::endgroup::',
  ];
}
