import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Chalk } from 'chalk';
import { table } from '#src/report/table.js';
import type { ReportOptions } from '#src/report/types.js';
import { type Finding, resultSchema } from '#src/result.js';
import { capture, fullResult, manyResult, oneSidedResult, result, smallResult } from './sample.js';

const PLAIN: ReportOptions = { width: 80, chalk: null, unicode: true, detail: 'normal', fails: () => false };

function snapshot(name: string): string {
  return readFileSync(new URL(`../../../test/report/snapshots/${name}`, import.meta.url), 'utf8');
}

test('the samples are what the contract says', () => {
  for (const sample of [smallResult(), fullResult(), oneSidedResult(), manyResult(3)])
    resultSchema.parse(sample);
});

for (const width of [80, 140]) {
  test(`a small report at ${width} columns, to the letter`, () => {
    assert.equal(table(smallResult(), { ...PLAIN, width }), snapshot(`small-${width}.txt`));
  });
}

test('a small report in ASCII, to the letter', () => {
  assert.equal(table(smallResult(), { ...PLAIN, unicode: false }), snapshot('small-80-ascii.txt'));
});

test('colours change nothing but colours', () => {
  const plain = table(fullResult(), PLAIN);
  const coloured = table(fullResult(), { ...PLAIN, chalk: new Chalk({ level: 1 }) });
  assert.equal(plain.includes('\x1b'), false);
  assert.match(coloured, /\x1b\[31m/);
  assert.equal(coloured.replaceAll(/\x1b\[\d+m/g, ''), plain);
});

test('every address stands somewhere in full, even where its cell is too narrow', () => {
  const text = table(fullResult(), PLAIN).replaceAll(/\n */g, ' ');
  assert.match(
    text,
    /\[2001:db8:1234:5678:9abc:def0:1234:5678\]:51234 → \[2001:db8:ffff:ffff:ffff:ffff:ffff:1\]:65535/,
  );
});

test('a violation shows both values and the rule that decided', () => {
  const text = table(smallResult(), PLAIN);
  assert.match(
    text,
    /✗ violates the policy: expected 900 s, observed 240\.01 s, rule\s+azure\/frontend-timeout-wins/,
  );
});

test('alternatives stay out of the way until -v, unless nothing decided', () => {
  assert.equal(table(smallResult(), PLAIN).match(/^ {4}or /gm)?.length, 2);
  const full = table(smallResult(), { ...PLAIN, detail: 'all' });
  assert.match(full, /or middlebox injected \(middlebox-injected\): a box beside/);
  assert.match(full, /Wireshark, client: tcp\.stream == 4/);
  assert.match(full, /\$ sysctl -w/);
});

test('-q is one line', () => {
  const text = table(smallResult(), { ...PLAIN, detail: 'summary' });
  assert.equal(
    text,
    '3 findings, 3 resets: 1 LB idle timeout, 1 backend reset, 1 undetermined; 1 violates the policy\n',
  );
});

test('no findings is said as good news, with what was looked at', () => {
  const text = table(result([]), PLAIN);
  assert.match(text, /no findings: 22 connections in 24,690 frames, none reset, none dropped silently\n$/);
});

test('no findings among the connections asked for does not claim that there was no reset', () => {
  const text = table(result([], { captures: [capture('client', 4)] }), { ...PLAIN, detail: 'summary' });
  assert.equal(text, 'no findings: 4 RSTs in the captures, none in the connections asked for\n');
});

test('one capture alone says what the other would show', () => {
  assert.match(table(oneSidedResult(), PLAIN), /one side only; a capture of the server side/);
});

test('many like findings share a row and a block, and none is lost from the count', () => {
  const text = table(manyResult(500), PLAIN);
  assert.match(text, /^×500 .*idle ≈240 s/m);
  assert.match(text, /7 clients/);
  assert.match(text, /alike: F2 client #2, server #3;/);
  assert.ok(text.split('\n').length < 60);
});

test('what does not fit says how much it is and how to see it', () => {
  const findings: Finding[] = Array.from({ length: 60 }, (_, index) => ({
    ...smallResult().findings[0],
    id: `F${index + 1}`,
    subtype: `kind-${index}`,
    policyCheck: null,
  }));
  findings[59] = { ...smallResult().findings[0], id: 'F60' };
  const text = table(result(findings), PLAIN);
  assert.match(text, /20 more findings in 20 more groups, less urgent/);
  assert.match(text, /^F60 /m, 'the violation comes through');
  assert.match(table(result(findings), { ...PLAIN, detail: 'all' }), /^F45 /m);
});

test('time grows with the findings, not with their square', () => {
  const start = performance.now();
  table(manyResult(4000), { ...PLAIN, width: 140, detail: 'all' });
  assert.ok(performance.now() - start < 10_000);
});

test('findings of several days carry their date', () => {
  const sample = smallResult();
  sample.findings[2].time = '2026-05-22T00:00:01.000000000Z';
  assert.match(table(sample, { ...PLAIN, width: 160 }), /2026-05-22 00:00:01\.000/);
  assert.match(table(sample, PLAIN), /2026-05-22/);
});
