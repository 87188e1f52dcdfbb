import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lint } from 'markdownlint/sync';
import { csv } from '#src/report/csv.js';
import { html } from '#src/report/html.js';
import { markdown } from '#src/report/markdown.js';
import { ndjson } from '#src/report/ndjson.js';
import { table } from '#src/report/table.js';
import type { ReportOptions } from '#src/report/types.js';
import { HOSTILE, hostileResult } from './hostile.js';
import { fullResult, manyResult, oneSidedResult, result, smallResult } from './sample.js';

const OPTIONS: ReportOptions = {
  width: 80,
  chalk: null,
  unicode: true,
  detail: 'normal',
  fails: () => false,
};
/** The linter takes more than linear time. */
const LINT_LENGTH = 200;
const SAMPLES = [fullResult(), smallResult(), oneSidedResult(), manyResult(30), result([])];

test('markdown is clean to markdownlint, in short and in full, but for its long lines', () => {
  const samples = [
    ...SAMPLES,
    ...Object.values(HOSTILE).map((text) => hostileResult(text.slice(0, LINT_LENGTH))),
  ];
  const strings = Object.fromEntries(
    samples.flatMap((sample, i) => [
      [`${i} in short`, markdown(sample, OPTIONS)],
      [`${i} in full`, markdown(sample, { ...OPTIONS, detail: 'all' })],
    ]),
  );
  const config = { default: true, 'line-length': false, 'no-duplicate-heading': false };
  for (const [name, faults] of Object.entries(lint({ strings, config }))) {
    const said = faults.map(
      ({ lineNumber, ruleNames, errorDetail }) => `${lineNumber}: ${ruleNames[1]} ${errorDetail}`,
    );
    assert.deepEqual(said, [], name);
  }
});

test('markdown has the summary, the findings, their evidence with frames and weights, the remedy and the filters', () => {
  const text = markdown(smallResult(), OPTIONS);
  assert.match(text, /^3 findings, 3 resets:/m);
  assert.match(text, /^\| F1 \| 1 \| `10\.1\.0\.4:51234` \| `20\.50\.1\.2:443` \| LB idle timeout \|/m);
  assert.match(
    text,
    /^- \*for, 12\.5 dB\*: RST arrives at both ends, neither sent it \(`client #123, server #99`\)$/m,
  );
  assert.match(text, /```sh\nsysctl -w net\.ipv4\.tcp_keepalive_time=120\n```/);
  assert.match(text, /```text\ntcp\.stream == 4 && frame\.number in \{118, 123\}\n```/);
  assert.match(text, /^\*\*Policy, violates\*\*/m);
});

test('markdown groups like findings, and says so where it leaves some out', () => {
  const text = markdown(manyResult(30), OPTIONS);
  assert.match(text, /^### F1 and 29 more: LB idle timeout$/m);
  assert.match(text, /^The same of F2, .* and 9 more\.$/m);
  assert.equal(markdown(manyResult(30), { ...OPTIONS, detail: 'all' }).match(/^### F/gm)?.length, 32);
});

test('what was seen of timers stands in every format that people read', () => {
  const texts = [
    markdown(fullResult(), OPTIONS),
    table(fullResult(), { ...OPTIONS, width: 200 }),
    html(fullResult()).replace('Keepalives of', 'keepalives of'),
  ];
  for (const text of texts) {
    assert.match(text, /keepalives of 10\.0\.2\.5/);
    assert.match(text, /first after 60 s \(61\.44 s seen\), then every 10 s \(10\.24 s seen\)/);
    assert.match(text, /gives up after 6 probes/);
    assert.match(text, /first after 141\.50 s/);
    assert.match(text, /the gaps agree to 12 ms/);
  }
});

test('markdown in one line', () => {
  assert.match(markdown(smallResult(), { ...OPTIONS, detail: 'summary' }), /^3 findings[^\n]*\n$/);
});

test('csv has one line of names and one for each finding', () => {
  const lines = csv(fullResult()).split('\r\n');
  assert.equal(lines.length, 1 + fullResult().findings.length + 1);
  assert.match(lines[0], /^id,time,kind,class,subtype,originator,confidence/);
  assert.match(lines[1], /^F1,2026-05-21T10:23:45\.123456789Z,reset,lb-idle-timeout,/);
});

test('ndjson: the report, each finding, the summary, and nothing of the report object is missing', () => {
  const sample = fullResult();
  const lines = ndjson(sample)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.ok(lines.every(({ schemaVersion }) => schemaVersion === sample.schemaVersion));
  const [{ type: _, ...head }, ...rest] = lines;
  const { type: _last, schemaVersion: _version, inferred, ...summary } = rest.pop();
  const findings = rest.map(({ type: _type, schemaVersion: _one, ...found }) => found);
  assert.deepEqual({ ...head, findings, inferred, summary }, JSON.parse(JSON.stringify(sample)));
});
