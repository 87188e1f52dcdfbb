import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { escapeDeep, escapeForTerminal } from '#src/report/escape.js';
import { table } from '#src/report/table.js';
import { columns, cutEnd, cutMiddle, take, takeEnd } from '#src/report/text/width.js';
import { hang, wrap } from '#src/report/text/wrap.js';
import type { Result } from '#src/result.js';
import { fullResult, manyResult, oneSidedResult, result } from './sample.js';

const NASTY = [
  '\x1b[31mred\x1b[0m',
  '\x1b]0;title\x07',
  '\u202egnp.exe',
  '\u2066a\u2069',
  '\u200b\ufeff\u00ad',
  'line\nline\r\n\ttab',
  '日本語のとても長い名前のキャプチャ.pcap',
  'e\u0301\u0302\u0303',
  '👩‍👩‍👧 🇩🇪 ↔ ©',
  '[2001:db8:1234:5678:9abc:def0:1234:5678]',
  '\ud800',
  '\u009b31m',
  '',
  ' '.repeat(300),
  'word '.repeat(60),
  'x'.repeat(500),
];

const hostile = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
);

/** Fields whose values the contract fixes; everything else may hold anything. */
const FIXED = /^(F\d+|reset|silent-drop|exposure|survived-timeout|\d{4}-\d\d-.*Z)$/;
const WORDS = new Set([
  'client',
  'server',
  'supports',
  'contradicts',
  'neutral',
  'violates',
  'conforms',
  'not-covered',
  'inconclusive',
  'high',
  'low',
  'medium',
  'certain',
  'harmful',
  'harmless',
  'unknown',
  'load-balancer',
  'backend',
  'middlebox',
  'lb-idle-timeout',
  'backend-originated',
  'keepalive-failure',
  'client-originated',
  'lb-other',
  'middlebox-injected',
  'health-check',
  'undetermined',
  'proxy',
  'pass-through',
]);
const KEYS = new Set(JSON.stringify(fullResult()).match(/(?<=")\w+(?=":)/g));

const SAMPLES = { full: fullResult, one: oneSidedResult, many: () => manyResult(40) };

/** A sample in which every text that is free to be anything is one of these. */
function poisoned(sample: keyof typeof SAMPLES, texts: readonly string[]): Result {
  let next = 0;
  const replace = (text: string) =>
    FIXED.test(text) || WORDS.has(text) || KEYS.has(text) ? text : texts[next++ % texts.length];
  return escapeDeep(SAMPLES[sample](), replace);
}

const anySample = fc.constantFrom<keyof typeof SAMPLES>('full', 'one', 'many');
const anyTexts = fc.array(hostile, { minLength: 1, maxLength: 20 });

const options = fc.record({
  width: fc.integer({ min: 60, max: 200 }),
  chalk: fc.constant(null),
  unicode: fc.boolean(),
  detail: fc.constantFrom('normal' as const, 'all' as const),
  fails: fc.constant(() => false),
});

const OBEYED = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

test('no line is ever longer than the page, and no terminal obeys it', () => {
  fc.assert(
    fc.property(anySample, anyTexts, options, (sample, texts, asked) => {
      for (const line of table(poisoned(sample, texts), asked).split('\n')) {
        assert.ok(columns(line) <= asked.width, `${columns(line)} > ${asked.width}: ${line}`);
        assert.doesNotMatch(line, OBEYED);
        if (!asked.unicode) assert.match(line, /^[\x20-\x7e]*$/);
      }
    }),
    { numRuns: 150 },
  );
});

test('a payload of 64 KB does not flood the report', () => {
  const sample = fullResult();
  for (const { resets } of sample.findings)
    for (const reset of resets) reset.payloadText = '\x1b[2J'.repeat(16_384);
  const text = table(sample, { width: 80, chalk: null, unicode: true, detail: 'all', fails: () => false });
  assert.ok(text.length < 50_000, String(text.length));
});

test('every width from 60 to 200 has a layout for every sample', () => {
  for (let width = 60; width <= 200; width++) {
    const lines = table(fullResult(), {
      width,
      chalk: null,
      unicode: true,
      detail: 'normal',
      fails: () => false,
    }).split('\n');
    assert.ok(lines.every((line) => columns(line) <= width));
    assert.ok(lines.some((line) => line.startsWith('F12 ')));
  }
});

test('a terminal of a few columns still gets its report', () => {
  assert.match(
    table(result([]), { width: 5, chalk: null, unicode: true, detail: 'normal', fails: () => false }),
    /no findings/,
  );
});

test('cutting keeps to the width', () => {
  const visible = hostile.map(escapeForTerminal);
  fc.assert(
    fc.property(visible, fc.integer({ min: 1, max: 40 }), (text, width) => {
      for (const cut of [
        take(text, width),
        takeEnd(text, width),
        cutEnd(text, width, '…'),
        cutMiddle(text, width, '..'),
      ]) {
        assert.ok(columns(cut) <= width);
      }
    }),
  );
});

test('wrapping keeps to the width and loses nothing', () => {
  fc.assert(
    fc.property(hostile.map(escapeForTerminal), fc.integer({ min: 2, max: 60 }), (text, width) => {
      const lines = wrap(text, width);
      assert.ok(lines.every((line) => columns(line) <= width));
      assert.equal(lines.join('').replaceAll(' ', ''), text.replaceAll(' ', ''));
    }),
  );
});

test('an address cut in the middle keeps its beginning and its port', () => {
  assert.equal(cutMiddle('[2001:db8:1234::5678]:51234', 20, '…'), '[2001:db8…678]:51234');
  assert.deepEqual(hang('- ', 'one two three', 9), ['- one two', '  three']);
});
