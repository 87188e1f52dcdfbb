import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InputError } from '#src/errors.js';
import { FORMAT_NAMES, formatOfEnding, loadFormat } from '#src/report/index.js';
import { json } from '#src/report/json.js';
import { didYouMean } from '#src/suggest.js';
import { fullResult } from './sample.js';

test('every documented format loads and reports', async () => {
  for (const name of FORMAT_NAMES) {
    const report = await loadFormat(name);
    const text = report(fullResult(), {
      width: 80,
      chalk: null,
      unicode: true,
      detail: 'normal',
      fails: () => false,
    });
    assert.ok(text.endsWith('\n') && !text.endsWith('\n\n'), name);
  }
});

test('an unknown format is an input error that lists the formats and guesses', () => {
  assert.throws(
    () => loadFormat('jsno'),
    (error) => {
      assert.ok(error instanceof InputError);
      assert.match(error.message, /no format 'jsno' \(did you mean 'json'\?\); formats: table, json/);
      return true;
    },
  );
});

test('endings choose a format', () => {
  assert.equal(formatOfEnding('.json'), 'json');
  assert.equal(formatOfEnding('.TXT'), 'table');
  assert.equal(formatOfEnding(''), 'table');
  assert.equal(formatOfEnding('.pcap'), null);
});

test('json is the report object itself', () => {
  const sample = fullResult();
  assert.equal(json(sample), `${JSON.stringify(sample, null, 2)}\n`);
});

test('json hides nothing from a terminal and says the same', () => {
  const sample = fullResult();
  sample.captures[0].path = 'a\x9b31m\u202eb\x7f\x1b.pcap';
  const text = json(sample);
  assert.doesNotMatch(text, /[\x7f-\x9f\u202e\x1b]/);
  assert.deepEqual(JSON.parse(text), sample);
});

test('suggestions: slips, swaps and beginnings, but no wild guesses', () => {
  const words = ['table', 'json', 'violation', 'backend-originated'];
  assert.equal(didYouMean('tabel', words), " (did you mean 'table'?)");
  assert.equal(didYouMean('JSON', words), " (did you mean 'json'?)");
  assert.equal(didYouMean('backend', words), " (did you mean 'backend-originated'?)");
  assert.equal(didYouMean('violations', words), " (did you mean 'violation'?)");
  assert.equal(didYouMean('zzzzz', words), '');
  assert.equal(didYouMean('', words), '');
  assert.equal(didYouMean('x'.repeat(100_000), words), '');
});
