import xmlbuilder from 'xmlbuilder';
import type { Finding, Result } from '../result.js';
import { escapeDeep, escapeForTerminal } from './escape.js';
import { pathSentence } from './text/connection.js';
import { frameList } from './text/frames.js';
import { summaryLine } from './text/summary.js';
import { address, plural } from './text/units.js';
import { actorWords, contractName, verdictWords } from './text/wording.js';
import type { ReportOptions } from './types.js';

/** One thing that was checked of one frontend, and the findings that it was checked on. */
interface Check {
  readonly place: string;
  readonly name: string;
  readonly findings: Finding[];
}

const NO_TIME = '1970-01-01T00:00:00';
const TIME_LENGTH = NO_TIME.length;
const MOST_LISTED = 100;
const MOST_FRAMES = 4;

/** A report as a suite: its result, and what fails in it. */
export interface Suite {
  /** What it is called; the names of its captures where nothing is said. */
  readonly name?: string;
  readonly result: Result;
  readonly fails: (finding: Finding) => boolean;
}

/**
 * JUnit XML for a CI server: a suite for the captures, a test case for each frontend and what was checked of it. Cases
 * have the same names in every run, and no times of their own. A case fails with the findings that fail the run.
 */
export function junit(result: Result, { fails }: ReportOptions): string {
  return junitOf([{ result, fails }]);
}

/** The same of several reports, a suite each. */
export function junitOf(suites: readonly Suite[]): string {
  const root = xmlbuilder.create('testsuites', { encoding: 'UTF-8', invalidCharReplacement: '\ufffd' });
  for (const [i, suite] of suites.entries()) addSuite(root, suite, i);
  return `${root.end({ pretty: true })}\n`;
}

function addSuite(root: xmlbuilder.XMLElement, { name, result: raw, fails }: Suite, id: number): void {
  const failing = new Set(raw.findings.filter(fails).map((finding) => finding.id));
  const result = escapeDeep(raw, escapeForTerminal);
  const isBad = (finding: Finding) => failing.has(finding.id);
  const checks = checksOf(result);
  const failed = checks.filter(({ findings }) => findings.some(isBad));
  const skipped = checks.filter((check) => !failed.includes(check) && isOpen(check));
  const captures = result.captures.map(({ path }) => path).join(' + ');
  const firstTime = result.captures.flatMap((capture) => capture.firstTime ?? [])[0];
  const suite = root.ele('testsuite', {
    name: escapeForTerminal(name ?? '') || captures || 'no captures',
    package: result.tool.name,
    id,
    timestamp: firstTime?.slice(0, TIME_LENGTH) ?? NO_TIME,
    hostname: 'localhost',
    tests: checks.length,
    failures: failed.length,
    errors: 0,
    skipped: skipped.length,
    time: 0,
  });
  const properties = suite.ele('properties');
  for (const [key, value] of propertiesOf(result)) properties.ele('property', { name: key, value });
  for (const check of checks) {
    const testcase = suite.ele('testcase', { classname: check.place, name: check.name, time: 0 });
    const bad = check.findings.filter(isBad);
    if (bad.length > 0) testcase.ele('failure', { message: messageOf(bad), type: check.name }, listOf(bad));
    else if (skipped.includes(check)) testcase.ele('skipped');
  }
  suite.ele('system-out', {}, summaryLine(result));
  suite.ele('system-err', {}, warningsOf(result));
}

/** What was checked, named by the policy's rule, else by the verdict; one case where nothing was found at all. */
function checksOf({ findings }: Result): Check[] {
  const checks = new Map<string, Check>();
  for (const finding of findings) {
    const place = placeOf(finding);
    const name = finding.policyCheck?.rule ?? contractName(finding);
    const key = JSON.stringify([place, name]);
    const check = checks.get(key) ?? { place, name, findings: [] };
    checks.set(key, check);
    check.findings.push(finding);
  }
  if (checks.size === 0) return [{ place: 'captures', name: 'no reset, no silent drop', findings: [] }];
  return [...checks.values()];
}

function placeOf({ path }: Finding): string {
  const end = path.frontend ?? path.backend;
  return end === null ? 'unknown frontend' : address(end);
}

/** Nothing of it could be checked. */
function isOpen({ findings }: Check): boolean {
  return findings.length > 0 && findings.every(({ policyCheck }) => policyCheck?.status === 'inconclusive');
}

function messageOf(findings: readonly Finding[]): string {
  const { policyCheck } = findings[0];
  const what =
    policyCheck === null
      ? verdictWords(findings[0])
      : `expected ${policyCheck.expected}, observed ${policyCheck.observed}`;
  return `${plural(findings.length, 'connection')}: ${what}`;
}

function listOf(findings: readonly Finding[]): string {
  const lines = findings
    .slice(0, MOST_LISTED)
    .flatMap((finding) => [
      `${finding.id} ${[verdictWords(finding), actorWords(finding)].filter(Boolean).join(', ')}: ${pathSentence(finding.path, { arrow: '→' })} ${frameList(finding.resets, MOST_FRAMES)}`,
      ...(finding.policyCheck === null ? [] : [`    ${finding.policyCheck.text}`]),
    ]);
  const left = findings.length - MOST_LISTED;
  return [...lines, ...(left > 0 ? [`and ${plural(left, 'more connection')}`] : [])].join('\n');
}

function propertiesOf({ tool, captures, policy }: Result): [string, string][] {
  return [
    ['tool', `${tool.name} ${tool.version}`],
    ...captures.map(({ vantage, path, frames }): [string, string] => [
      `capture.${vantage}`,
      `${path}, ${plural(frames, 'frame')}`,
    ]),
    ['policy', policy === null ? 'none' : `${policy.model} from ${policy.source}`],
  ];
}

function warningsOf({ captures, policy }: Result): string {
  const read = captures.flatMap(({ vantage, warnings }) =>
    warnings.map(({ message }) => `${vantage}: ${message}`),
  );
  return [...read, ...(policy?.problems ?? [])].join('\n');
}
