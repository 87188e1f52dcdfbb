import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { parseFailOn } from '#src/cli/fail-on.js';
import { InputError } from '#src/errors.js';
import { baselineText, readBaseline } from '#src/project/baseline.js';
import { judge } from '#src/project/judge.js';
import { readProject } from '#src/project/read.js';
import type { Project } from '#src/project/schema.js';
import type { Finding } from '#src/result.js';
import { backendReset, finding, result, violation } from '../report/sample.js';

const FULL = `# all that a project file can say
$schema: ./node_modules/rst-analyze/dist/project.schema.json
pairs:
  - name: checkout
    client: client.pcap
    server: [a.pcap, b.pcap]
    lb: azure-standard:idle=15m
    where: [10.0.0.5:443]
  - name: search
    client: search/
lb: [lb.json, pip.json]
failOn: [violation, backend-originated]
thresholds: { backend-originated: 2 }
allow:
  - pair: checkout
    class: lb-idle-timeout
    subtype: bidirectional-at-timer
    originator: load-balancer
    frontend: 20.50.1.2:443
    client: 10.1.0.4
    reason: known
    expires: 2026-05-21
baseline: baseline.json
`;

const names = (word: string, one: Finding) => parseFailOn([word])(one);
const PROJECT: Project = { pairs: [{ name: 'p', client: 'c.pcap' }] };

/** How each finding of one pair stands under a project. */
function standings(findings: Finding[], project: Partial<Project>, baseline = {}, today = '2026-05-21') {
  const rules = { project: { ...PROJECT, ...project }, baseline, today, names };
  const { pairs, notes } = judge([{ name: 'p', result: result(findings) }], rules);
  return { statuses: [...pairs[0].standings.values()].map(({ status }) => status), notes };
}

test('a project file with everything reads, and is what the published schema says', () => {
  const project = readProject(FULL, 'p.yaml');
  assert.deepEqual(project.pairs[0].server, ['a.pcap', 'b.pcap']);
  const published = JSON.parse(readFileSync('dist/project.schema.json', 'utf8')) as object;
  const validate = new Ajv2020({ allErrors: true, validateFormats: false }).compile(published);
  assert.ok(validate(parse(FULL)), JSON.stringify(validate.errors));
  assert.equal(validate({ pairs: [{ nam: 'x' }] }), false);
});

test('JSON is read as well', () => {
  assert.equal(readProject('{"pairs": [{"name": "p", "client": "c.pcap"}]}', 'p.json').pairs[0].name, 'p');
});

const REFUSED: [string, string, RegExp][] = [
  [
    'an unknown key',
    'pairs:\n  - name: x\n    clint: a\n',
    /^p\.yaml:3:\d+: unknown key 'clint' \(did you mean 'client'\?\)$/,
  ],
  ['a wrong type', 'pairs:\n  - name: 5\n    client: a\n', /^p\.yaml:2:11: pairs\.0\.name: .*string/],
  [
    'a class that is none',
    'pairs:\n  - {name: x, client: a}\nfailOn: [nothing]\n',
    /^p\.yaml:3:10: failOn\.0: /,
  ],
  ['broken YAML', 'pairs: [\n', /^p\.yaml:\d+:\d+: /],
  ['no pair', 'pairs: []\n', /^p\.yaml:1:8: pairs: /],
  [
    'two pairs of one name',
    'pairs: [{name: x, client: a}, {name: x, client: b}]\n',
    /two pairs are called 'x'/,
  ],
  ['a pair without captures', 'pairs: [{name: x}]\n', /'x' names no capture/],
  [
    'an allowance without a reason',
    'pairs: [{name: x, client: a}]\nallow: [{class: health-check}]\n',
    /allow\.0.*reason/,
  ],
  [
    'an allowance for no pair',
    'pairs: [{name: xy, client: a}]\nallow: [{pair: xz, reason: r}]\n',
    /no pair 'xz' \(did you mean 'xy'\?\)/,
  ],
  [
    'a date that is none',
    'pairs: [{name: x, client: a}]\nallow: [{reason: r, expires: 2026-13-01}]\n',
    /expires/,
  ],
  ['nothing at all', '', /the project file/],
];
for (const [what, text, message] of REFUSED) {
  test(`${what} is refused in one line`, () => {
    assert.throws(
      () => readProject(text, 'p.yaml'),
      (error) => error instanceof InputError && message.test(error.message) && !error.message.includes('\n'),
    );
  });
}

test('violations fail, everything else passes', () => {
  assert.deepEqual(standings([violation('F1'), backendReset('F2')], {}).statuses, ['fails', 'passes']);
});

test('an allowance holds to the end of its last day, then says that it does not', () => {
  const allow = [{ class: 'lb-idle-timeout' as const, reason: 'OPS-1', expires: '2026-05-21' }];
  assert.deepEqual(standings([violation('F1')], { allow }).statuses, ['allowed']);
  const late = standings([violation('F1')], { allow }, {}, '2026-05-22');
  assert.deepEqual(late, { statuses: ['fails'], notes: ['no longer allowed since 2026-05-21: OPS-1'] });
});

test('an allowance is about what matches all that it says', () => {
  const frontends = ['20.50.1.2', '20.50.1.2:443', '20.50.1.2:80', '20.50.1.3'];
  const found = frontends.map(
    (frontend) => standings([violation('F1')], { allow: [{ frontend, reason: 'r' }] }).statuses[0],
  );
  assert.deepEqual(found, ['allowed', 'allowed', 'fails', 'fails']);
  const others = [{ pair: 'q' }, { client: '10.9.9.9' }, { originator: 'client' as const }, { subtype: 'x' }];
  for (const one of others)
    assert.deepEqual(standings([violation('F1')], { allow: [{ ...one, reason: 'r' }] }).statuses, ['fails']);
});

test('a threshold tolerates so many, and one more fails all of them', () => {
  const findings = [violation('F1'), violation('F2')];
  assert.deepEqual(standings(findings, { thresholds: { violation: 2 } }).statuses, [
    'tolerated',
    'tolerated',
  ]);
  assert.deepEqual(standings(findings, { thresholds: { violation: 1 } }).statuses, ['fails', 'fails']);
});

test('a finding that two words name fails with either', () => {
  const both: Partial<Project> = { failOn: ['violation', 'lb-idle-timeout'], thresholds: { violation: 9 } };
  assert.deepEqual(standings([violation('F1')], both).statuses, ['fails']);
});

test('what the baseline has is known, whatever its frames and ports; more of it is new', () => {
  const text = baselineText(new Map([['p', [violation('F1')]]]));
  const baseline = readBaseline(text, 'b.json');
  const again = {
    ...violation('F7'),
    resets: [],
    path: { ...finding().path, client: { ip: '10.1.0.4', port: 9 } },
  };
  assert.deepEqual(standings([again], {}, baseline).statuses, ['known']);
  assert.deepEqual(standings([again, violation('F8')], {}, baseline).statuses, ['known', 'fails']);
  assert.equal(text, baselineText(new Map([['p', [again]]])));
});

test('what is no baseline is refused', () => {
  for (const text of ['', '{}', '{"schemaVersion":2,"known":{}}'])
    assert.throws(() => readBaseline(text, 'b.json'), /b\.json is not a baseline/);
});
