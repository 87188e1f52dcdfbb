import type { Log, Notification, Run } from 'sarif';
import type { Result } from '../result.js';
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

/** SARIF 2.1.0 for code scanning: a rule for each verdict, a result for each finding, the worst first. */
export function sarif(raw: Result, { fails }: ReportOptions): string {
  const result = escapeDeep(raw, escapeForTerminal);
  const rules = rulesOf(result.findings);
  const places = new Map(rules.map(({ id }, index) => [id, index]));
  const seen = new Map<string, number>();
  const results = result.findings.map((finding) =>
    resultOf(finding, { captures: result.captures, places, seen, fails }),
  );
  results.sort((a, b) => RANK[a.level ?? 'note'] - RANK[b.level ?? 'note']);
  const run: Run = {
    tool: { driver: { name: result.tool.name, semanticVersion: result.tool.version, rules } },
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
  const log: Log = { $schema: SCHEMA, version: '2.1.0', runs: [run] };
  return `${jsonText(log, INDENT)}\n`;
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
