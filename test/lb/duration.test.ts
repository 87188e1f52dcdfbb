import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatDuration, formatMeasured, parseDuration } from '#src/lb/duration.js';

test('a duration is a number with its unit', () => {
  assert.equal(parseDuration('20s'), 20);
  assert.equal(parseDuration('15m'), 900);
  assert.equal(parseDuration('1.5m'), 90);
  assert.equal(parseDuration('2h'), 7200);
});

test('anything else is no duration', () => {
  for (const text of ['', '15', 'm', '-1m', '1e3s', '15 m', '15min', '.5m', `${'9'.repeat(400)}s`]) {
    assert.equal(parseDuration(text), null, text);
  }
});

test('a configured duration shows minutes only when they are whole', () => {
  assert.equal(formatDuration(240), '4 min (240 s)');
  assert.equal(formatDuration(90), '90 s');
  assert.equal(formatDuration(20), '20 s');
  assert.equal(formatDuration(0.1 + 0.2), '0.3 s');
});

test('a measured duration shows tenths', () => {
  assert.equal(formatMeasured(240.04), '240.0 s');
});

test('what is printed in minutes and in seconds reads back to the same value', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6000 }), (minutes) => {
      const match = /^(\d+) min \((\d+) s\)$/.exec(formatDuration(minutes * 60));
      assert.ok(match);
      assert.equal(parseDuration(`${match[1]}m`), minutes * 60);
      assert.equal(parseDuration(`${match[2]}s`), minutes * 60);
    }),
  );
});
