import assert from 'node:assert/strict';
import { test } from 'node:test';
import { html } from '#src/report/html.js';
import { markdown } from '#src/report/markdown.js';
import { table } from '#src/report/table.js';
import { claimWords } from '#src/report/text/reason.js';
import type { ReportOptions } from '#src/report/types.js';
import type { StatedReason } from '#src/result.js';
import { finding, result } from './sample.js';

const OPTIONS: ReportOptions = {
  width: 140,
  chalk: null,
  unicode: true,
  detail: 'normal',
  fails: () => false,
};
const TIMEOUT: StatedReason = {
  vantage: 'client',
  frame: 123,
  source: 'rst-diagnostic-payload',
  code: 14,
  name: 'connection timeout',
  means: 'idle-timeout',
  payloadText: null,
};
const CLAIM = 'the RST claims idle timeout: connection timeout (RST Diagnostic Payload, code 14)';

test('a cause that the RST states is told as its claim, wherever people read', () => {
  const report = result([finding({ reason: TIMEOUT })]);
  for (const detail of ['normal', 'all'] as const) {
    assert.ok(table(report, { ...OPTIONS, detail }).includes(CLAIM));
    assert.ok(markdown(report, { ...OPTIONS, detail }).includes('the RST claims idle timeout'));
  }
  assert.ok(html(report).includes(CLAIM));
});

test('words that nobody understands are no claim, a code that nobody knows is one', () => {
  const words = {
    ...TIMEOUT,
    source: 'text',
    code: null,
    name: 'words',
    means: 'unknown',
    payloadText: 'hm',
  };
  assert.equal(claimWords({ reason: words }), null);
  assert.equal(claimWords({}), null);
  const vendor = { ...TIMEOUT, name: 'code 14 of enterprise 32473', means: 'unknown' };
  assert.match(claimWords({ reason: vendor }) ?? '', /claims a cause: code 14 of enterprise 32473/);
});

test('a format that another version named is called as it called it', () => {
  assert.match(
    claimWords({ reason: { ...TIMEOUT, source: 'constructor' } }) ?? '',
    /\(constructor, code 14\)/,
  );
});
