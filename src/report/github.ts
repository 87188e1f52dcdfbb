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

/**
 * Annotations for a GitHub workflow: an error for each group of findings that fail the run, a warning for each other
 * that did harm, then the whole report as a group of the log.
 */
export function github(raw: Result, options: ReportOptions): string {
  const result = escapeDeep(raw, escapeForTerminal);
  const failing = result.findings.filter(options.fails);
  const harmful = result.findings.filter(
    (finding) => !options.fails(finding) && finding.impact !== 'harmless',
  );
  const lines = [
    ...annotations('error', groupAlike(failing), result),
    ...annotations('warning', groupAlike(harmful), result),
    ...wholeReport(raw, options),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function annotations(level: Level, groups: readonly Group[], result: Result): string[] {
  const most = groups.length > MOST_OF_A_LEVEL ? MOST_OF_A_LEVEL - 1 : MOST_OF_A_LEVEL;
  const rest = groups.slice(most);
  const left = rest.reduce((sum, { members }) => sum + members.length, 0);
  return [
    ...groups.slice(0, most).map((group) => annotation(level, group, result)),
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

function annotation(level: Level, group: Group, { captures }: Result): string {
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

/** The table, between marks that keep the runner from obeying anything in it: a text cannot contain its own hash. */
function wholeReport(result: Result, options: ReportOptions): string[] {
  const text = table(result, options).trimEnd();
  const mark = createHash('sha256').update(text).digest('hex');
  return [
    command('group', {}, 'rst-analyze'),
    `::stop-commands::${mark}`,
    text,
    `::${mark}::`,
    '::endgroup::',
  ];
}
