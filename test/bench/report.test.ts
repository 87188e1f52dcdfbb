import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseBenchOptions } from './options.js';
import { bytesText, countText, rateText, secondsText, timesText } from './quantities.js';
import type { Outcome } from './race.js';
import { outcomeTable, targetTable } from './report.js';
import { left, right, table } from './table.js';
import { ratio, TARGETS } from './targets.js';
import { FULL_SCALE, workOf } from './work.js';

function outcome(contender: Outcome['contender'], wall: number, work: Outcome['work'] = 'small'): Outcome {
  const usage = { wall, cpu: wall, peak: 149e6 };
  return { work, contender, packets: 5_000_000, runs: 5, usage, problem: null };
}

test('quantities are written as exactly as they were measured', () => {
  assert.deepEqual([0.0412, 0.99, 12.345, 154].map(secondsText), ['41.2 ms', '990 ms', '12.3 s', '154 s']);
  assert.deepEqual([98_540_000, 1_250_000_000].map(bytesText), ['98.5 MB', '1.25 GB']);
  assert.deepEqual([4_120_000, 390_000].map(rateText), ['4.12 M', '390 k']);
  assert.deepEqual([1 / 80, 2.931, 1234].map(timesText), ['0.0125', '2.93', '1230']);
  assert.deepEqual([5_000_000, 20_000, 100].map(countText), ['5 M', '20 000', '100']);
});

test('a ratio needs both numbers', () => {
  assert.equal(ratio(3, 2), 1.5);
  for (const [one, other] of [
    [null, 2],
    [3, null],
    [3, 0],
  ])
    assert.equal(ratio(one, other), null);
});

test('a table is aligned, and Markdown', () => {
  const text = table(
    [left('who'), right('wall')],
    [
      ['tcpdump', '1 s'],
      ['x', '12.3 s'],
    ],
  );
  assert.equal(
    text,
    ['| who     |   wall |', '| ------- | -----: |', '| tcpdump |    1 s |', '| x       | 12.3 s |'].join(
      '\n',
    ),
  );
});

test('each contender is set against tcpdump on the same work', () => {
  const text = outcomeTable(workOf(FULL_SCALE).small, [outcome('rst-analyze', 3), outcome('tcpdump', 1.5)]);
  assert.match(
    text,
    /\| 5 M small packets \| rst-analyze \| +5 \| +3 s \| +3 s \| +149 MB \| +1.67 M \| +2 \|/,
  );
});

test('a contender that failed says so', () => {
  const failed: Outcome = {
    ...outcome('tshark', 1),
    runs: 0,
    usage: null,
    problem: 'tshark ended with SIGKILL',
  };
  const text = outcomeTable(workOf(FULL_SCALE).small, [failed]);
  assert.match(text, /\| tshark +\| +0 \| failed \| +- \| +- \| +- \| +- \|/);
  assert.match(text, /tshark failed: tshark ended with SIGKILL$/);
});

test('targets are reached, or not, where they were measured', () => {
  const text = targetTable({
    outcomes: [
      outcome('rst-analyze', 3),
      outcome('tcpdump', 0.99),
      outcome('tcptrace', 24),
      outcome('rst-analyze', 2, 'memory'),
    ],
    startUps: [
      { name: 'node', title: '', runs: 20, wall: 0.04 },
      { name: 'help', title: '', runs: 20, wall: 0.06 },
    ],
  });
  assert.deepEqual(
    text
      .split('\n')
      .slice(2)
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      ),
    [
      ['small packets, against tcpdump', '3 x', '3.03 x', 'not reached'],
      ['small packets, against tcptrace', '0.125 x', '0.125 x', 'reached'],
      ['memory, 20 000 concurrent, 350 MB', '150 MB', '149 MB', 'reached'],
      ['--help, against node -e 0', '1.5 x', '1.5 x', 'reached'],
    ],
  );
});

test('nothing is reached that was not measured', () => {
  for (const target of TARGETS) assert.equal(target.value({ outcomes: [], startUps: [] }), null, target.text);
});

test('options choose parts, runs and what is kept', () => {
  assert.deepEqual(parseBenchOptions([])?.parts, ['start', 'small', 'full', 'memory']);
  assert.deepEqual(parseBenchOptions(['--growth', '--huge'])?.parts, [
    ...['start', 'small', 'full', 'memory'],
    ...['huge', 'growth'],
  ]);
  assert.deepEqual(parseBenchOptions(['--only', 'memory,small'])?.parts, ['small', 'memory']);
  assert.deepEqual(parseBenchOptions(['--skip', 'tshark,tcptrace'])?.skip, ['tshark', 'tcptrace']);
  assert.equal(parseBenchOptions([])?.runs, 5);
  assert.equal(parseBenchOptions(['--short'])?.runs, 1);
  assert.equal(parseBenchOptions(['--help']), null);
});

test('options that there are not are refused in one line', () => {
  assert.throws(() => parseBenchOptions(['--only', 'tiny']), /--only takes start, small, .*, not "tiny"/);
  assert.throws(() => parseBenchOptions(['--skip', 'rst-analyze']), /--skip takes tcpdump, tcptrace, tshark/);
  for (const runs of ['0', '-1', 'x', '1.5'])
    assert.throws(() => parseBenchOptions([`--runs=${runs}`]), /--runs takes a number from 1 up/);
  assert.throws(() => parseBenchOptions(['--fast']), /--fast/);
});
