import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import type { Log } from 'sarif';
import { github } from '#src/report/github.js';
import { junit } from '#src/report/junit.js';
import { sarif } from '#src/report/sarif.js';
import type { ReportOptions } from '#src/report/types.js';
import type { Finding } from '#src/result.js';
import { ROOT } from '../support/root.js';
import {
  backendReset,
  finding,
  fullResult,
  manyResult,
  oneSidedResult,
  result,
  smallResult,
} from './sample.js';
import { validXml, WITHOUT_XMLLINT } from './xml.js';

const violates = ({ policyCheck }: Finding) => policyCheck?.status === 'violates';
const OPTIONS: ReportOptions = { width: 80, chalk: null, unicode: true, detail: 'normal', fails: violates };
const SAMPLES = [
  fullResult(),
  smallResult(),
  oneSidedResult(),
  manyResult(30),
  result([]),
  result([], { captures: [] }),
];

test('junit is what the JUnit schema of Jenkins says', { skip: WITHOUT_XMLLINT }, () => {
  for (const sample of SAMPLES) validXml(junit(sample, OPTIONS), 'junit.xsd');
});

test('junit: a case for each frontend and check, which fails where the run fails', () => {
  const text = junit(smallResult(), OPTIONS);
  assert.match(text, /<testsuite [^>]*tests="3" failures="1" errors="0" skipped="0"/);
  assert.match(
    text,
    /<testcase classname="20\.50\.1\.2:443" name="azure\/frontend-timeout-wins" time="0">\s*<failure message="1 connection: expected 900 s, observed 240\.01 s"/,
  );
  assert.match(text, /name="undetermined\/one-sided" time="0"\/>/);
});

test('junit: what the policy could not check is skipped, and nothing found is a case that passes', () => {
  assert.match(junit(fullResult(), OPTIONS), /skipped="0"/);
  const open = finding({
    policyCheck: { status: 'inconclusive', rule: 'r', expected: '', observed: '', text: '' },
  });
  assert.match(junit(result([open]), OPTIONS), /skipped="1"[\s\S]*name="r" time="0">\s*<skipped\/>/);
  assert.match(junit(result([]), OPTIONS), /tests="1" failures="0"[\s\S]*no reset, no silent drop/);
});

test('junit names no time that changes between runs, and the same bytes come out for the same report', () => {
  assert.equal(junit(smallResult(), OPTIONS), junit(smallResult(), OPTIONS));
  assert.match(junit(smallResult(), OPTIONS), /timestamp="2026-05-21T10:20:11"/);
});

const sarifSchema = JSON.parse(
  readFileSync(join(ROOT, 'test', 'report', 'schemas', 'sarif-2.1.0-rtm.5.json'), 'utf8'),
) as Record<string, unknown>;
// Of draft 04, whose `id` later drafts write differently; nothing else in it changed its meaning.
const { $schema: _draft, id: _id, ...schema } = sarifSchema;
const validSarif = new Ajv({
  strict: false,
  unicodeRegExp: false,
  validateFormats: false,
  allErrors: true,
}).compile(schema);

test('sarif is what the SARIF 2.1.0 schema says', () => {
  for (const sample of SAMPLES) {
    const log: unknown = JSON.parse(sarif(sample, OPTIONS));
    assert.ok(validSarif(log), JSON.stringify(validSarif.errors?.slice(0, 3)));
  }
});

test('the SARIF schema refuses what is no SARIF', () => {
  assert.equal(validSarif({ version: '2.1.0', runs: [{ tool: {} }] }), false);
});

test('sarif: errors are what fails the run, worst first, each with its rule and its help', () => {
  const [run] = (JSON.parse(sarif(smallResult(), OPTIONS)) as Log).runs;
  const results = run.results ?? [];
  assert.deepEqual(
    results.map(({ level }) => level),
    ['error', 'warning', 'warning'],
  );
  for (const { ruleId, ruleIndex } of results) {
    const rule = run.tool.driver.rules?.[ruleIndex ?? -1];
    assert.equal(rule?.id, ruleId);
    assert.ok((rule?.help?.text ?? '').length > 0);
  }
});

test('sarif: the help of a rule is what the verdict of that name advises', () => {
  const known = finding({ class: 'lb-idle-timeout', subtype: 'both-ends-at-timer' });
  const [run] = (JSON.parse(sarif(result([known]), OPTIONS)) as Log).runs;
  assert.match(run.tool.driver.rules?.[0].help?.text ?? '', /keepalive/i);
});

test('sarif: fingerprints are those of the connection, not of frames, times or the port of the client', () => {
  const prints = (change: Partial<Finding>) =>
    (JSON.parse(sarif(result([finding(change)]), OPTIONS)) as Log).runs[0].results?.[0].partialFingerprints;
  const again = { ...finding().path, client: { ip: '10.1.0.4', port: 9 } };
  assert.deepEqual(prints({}), prints({ resets: [], time: '2027-01-01T00:00:00.000000000Z', path: again }));
  assert.notDeepEqual(
    prints({}),
    prints({ path: { ...finding().path, frontend: { ip: '20.50.1.3', port: 443 } } }),
  );
  const twice =
    (JSON.parse(sarif(result([finding(), finding({ id: 'F2' })]), OPTIONS)) as Log).runs[0].results ?? [];
  assert.notDeepEqual(twice[0].partialFingerprints, twice[1].partialFingerprints);
});

test('sarif: more than GitHub takes is cut, and said', () => {
  const many = result(
    Array.from({ length: 25_001 }, (_, i) => finding({ id: `F${i}`, evidence: [], remedy: [] })),
  );
  const [run] = (JSON.parse(sarif(many, OPTIONS)) as Log).runs;
  assert.equal(run.results?.length, 25_000);
  assert.match(JSON.stringify(run.invocations), /1 more finding, less urgent/);
});

test('github: at most ten annotations of a level, the last of them says what is left', () => {
  const findings = Array.from({ length: 14 }, (_, i) => backendReset(`F${i + 1}`)).map((one, i) => ({
    ...one,
    path: { ...one.path, frontend: { ip: '20.0.0.1', port: i + 1 } },
  }));
  const lines = github(result(findings), { ...OPTIONS, fails: () => true }).split('\n');
  const errors = lines.filter((line) => line.startsWith('::error '));
  assert.equal(errors.length, 10);
  assert.match(errors[9], /::5 more findings, in the log of this step$/);
});

test('github: like findings are one annotation, harmless ones none, and the whole report follows in a group', () => {
  const text = github(manyResult(30), OPTIONS);
  assert.equal(text.match(/^::warning /gm)?.length, 3);
  assert.match(
    text,
    /^::warning file=client\.pcap,title=30 times%2C LB idle timeout%2C sent by load balancer::F1: 7 clients/m,
  );
  assert.match(text, /^::group::rst-analyze$[\s\S]*32 findings[\s\S]*^::endgroup::$/m);
  const harmless = github(result([finding({ impact: 'harmless' })]), OPTIONS);
  assert.doesNotMatch(harmless, /^::(?:error|warning) /m);
});
