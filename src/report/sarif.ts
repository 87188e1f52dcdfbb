import type { Log, Notification, Run, Result as SarifResult } from 'sarif';
import type { Finding, Result } from '../result.js';
import { escapeDeep, escapeForTerminal } from './escape.js';
import { jsonText } from './json-text.js';
import { resultOf } from './sarif/result.js';
import { rulesOf } from './sarif/rules.js';
import { uriOf } from './sarif/uri.js';
import { plural } from './text/units.js';
import type { ReportOptions } from './types.js';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
/** GitHub refuses a file with more. */
const MOST_RESULTS = 25_000;
const INDENT = 2;

/** A report as a run: its result, what fails in it, and what else is known of its findings. */
export interface SarifRun {
  /** What it is called, where there are several. */
  readonly name?: string;
  readonly result: Result;
  readonly fails: (finding: Finding) => boolean;
  readonly marks?: (id: string) => Pick<SarifResult, 'suppressions' | 'baselineState'>;
}

/** SARIF 2.1.0 for code scanning: a rule for each verdict, a result for each finding, the worst first. */
export function sarif(result: Result, { fails }: ReportOptions): string {
  return sarifOf([{ result, fails }]);
}

/** The same of several reports, a run each. */
export function sarifOf(runs: readonly SarifRun[]): string {
  const log: Log = { $schema: SCHEMA, version: '2.1.0', runs: runs.map(runOf) };
  return `${jsonText(log, INDENT)}\n`;
}

function runOf({ name, result: raw, fails, marks }: SarifRun): Run {
  const failing = new Set(raw.findings.filter(fails).map(({ id }) => id));
  const result = escapeDeep(raw, escapeForTerminal);
  const rules = rulesOf(result.findings);
  const setting = {
    captures: result.captures,
    places: new Map(rules.map(({ id }, index) => [id, index])),
    seen: new Map<string, number>(),
    fails: ({ id }: Finding) => failing.has(id),
  };
  const results = result.findings.map((finding) => ({
    ...resultOf(finding, setting),
    ...marks?.(finding.id),
  }));
  results.sort((a, b) => RANK[a.level ?? 'note'] - RANK[b.level ?? 'note']);
  return {
    tool: { driver: { name: result.tool.name, semanticVersion: result.tool.version, rules } },
    ...(name === undefined ? {} : { automationDetails: { id: `rst-analyze/${escapeForTerminal(name)}/` } }),
    invocations: [
      {
        executionSuccessful: true,
        toolExecutionNotifications: [...warningsOf(result), ...leftOut(results.length)],
      },
    ],
    artifacts: result.captures.map(({ path, vantage, frames }) => ({
      location: { uri: uriOf(path) },
      description: { text: `${vantage} side, ${plural(frames, 'frame')}` },
    })),
    results: results.slice(0, MOST_RESULTS),
    columnKind: 'utf16CodeUnits',
  };
}

const RANK = { error: 0, warning: 1, note: 2, none: 3 } as const;

function warningsOf({ captures, policy }: Result): Notification[] {
  const read = captures.flatMap(({ warnings }, index) =>
    warnings.map(
      ({ code, message }): Notification => ({
        descriptor: { id: code },
        level: 'warning',
        message: { text: message },
        locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(captures[index].path), index } } }],
      }),
    ),
  );
  const problems = (policy?.problems ?? []).map(
    (text): Notification => ({ descriptor: { id: 'policy' }, level: 'warning', message: { text } }),
  );
  return [...read, ...problems];
}

function leftOut(count: number): Notification[] {
  if (count <= MOST_RESULTS) return [];
  const text = `${plural(count - MOST_RESULTS, 'more finding')}, less urgent than these, left out: the JSON report has all`;
  return [{ descriptor: { id: 'left-out' }, level: 'warning', message: { text } }];
}
