import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { escapeDeep, escapeForAscii, escapeForTerminal } from '#src/report/escape.js';

test('controls, escapes and bidi characters become visible', () => {
  assert.equal(escapeForTerminal('\x1b[31m\x07\x9b'), '\\x1b[31m\\x07\\x9b');
  assert.equal(escapeForTerminal('a\u202eb\u2066'), 'a\\u{202e}b\\u{2066}');
  assert.equal(escapeForTerminal('a\r\n\tb'), 'a\\r\\n\\tb');
  assert.equal(escapeForTerminal('\ud800'), '\\u{d800}');
});

test('readable text of any script stays as it is', () => {
  for (const text of ['C:\\traces\\müller.pcap', '日本語', 'RST – at 240 s ±1', '💥']) {
    assert.equal(escapeForTerminal(text), text);
  }
});

test('ASCII spells what our own sentences use and escapes the rest', () => {
  assert.equal(escapeForAscii('a → b … ±3 µs'), 'a -> b ... +/-3 us');
  assert.equal(escapeForAscii('müller'), 'm\\xfcller');
});

test('escaping twice changes nothing more', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const once = escapeForTerminal(text);
      assert.equal(escapeForTerminal(once), once);
    }),
  );
});

test('of a report, keys and strings are escaped, what is clean is shared, and the given one stays as it was', () => {
  const clean = { text: 'clean', list: ['a', 1, null] };
  const given = { clean, dirty: [{ 'k\x1b': 'v\x07' }, clean] };
  const escaped = escapeDeep(given, escapeForTerminal);
  assert.deepEqual(escaped, { clean, dirty: [{ 'k\\x1b': 'v\\x07' }, clean] });
  assert.equal(escaped.clean, clean);
  assert.equal(escaped.dirty[1], clean);
  assert.deepEqual(given, { clean, dirty: [{ 'k\x1b': 'v\x07' }, clean] });
});
