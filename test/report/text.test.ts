import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupAlike, mostUrgent } from '#src/report/text/alike.js';
import { frameList } from '#src/report/text/frames.js';
import { address, clockOf, count, dayOf, percent, plural, seconds } from '#src/report/text/units.js';
import { backendReset, finding, violation } from './sample.js';

test('durations read like timers', () => {
  const expected: [number, string][] = [
    [0, '0.00 s'],
    [0.00042, '0.42 ms'],
    [0.35, '350 ms'],
    [0.0015, '1.5 ms'],
    [0.0004166, '0.417 ms'],
    [0.12345, '123 ms'],
    [240.012, '240.01 s'],
    [7875.2, '7875.2 s'],
    [86_400, '86400 s'],
  ];
  for (const [value, text] of expected) assert.equal(seconds(value), text);
});

test('percentages never promise more than the word beside them', () => {
  assert.equal(percent(0.8999), '89 %');
  assert.equal(percent(0.57), '57 %');
  assert.equal(percent(1), '100 %');
});

test('numbers, times and addresses', () => {
  assert.equal(count(1_234_567), '1,234,567');
  assert.equal(plural(1, 'RST'), '1 RST');
  assert.equal(plural(0, 'RST'), '0 RSTs');
  assert.equal(dayOf('2026-05-21T10:23:45.123456789Z'), '2026-05-21');
  assert.equal(clockOf('2026-05-21T10:23:45.123456789Z'), '10:23:45.123');
  assert.equal(address({ ip: '::1', port: 80 }), '[::1]:80');
});

test('frames are listed by vantage, once each, up to a limit', () => {
  const frames = [5, 9, 5, 7].map((frame) => ({ vantage: 'client', frame }));
  assert.equal(
    frameList([...frames, { vantage: 'server', frame: 2 }], 2),
    'client #5 #9 and 1 more, server #2',
  );
  assert.equal(frameList([], 2), '');
});

test('findings are alike only when they say the same', () => {
  const groups = groupAlike([
    finding(),
    violation('F2'),
    finding({ id: 'F3' }),
    finding({ id: 'F4', impact: 'harmless' }),
  ]);
  assert.deepEqual(
    groups.map(({ members }) => members.map(({ id }) => id)),
    [['F1', 'F3'], ['F2'], ['F4']],
  );
});

test('the urgent come through in their own order', () => {
  const findings = [
    finding({ id: 'F1', impact: 'harmless' }),
    backendReset('F2'),
    finding({ id: 'F3' }),
    violation('F4'),
  ];
  const groups = findings.map((first) => ({ first, members: [first] }));
  assert.deepEqual(
    mostUrgent(groups, 2).map(({ first }) => first.id),
    ['F2', 'F4'],
  );
});
