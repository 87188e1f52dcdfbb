import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { measure } from './measure.js';
import { parseProcessUsage } from './process-usage.js';

const node = (script: string) => [process.execPath, '-e', script] as const;

test('a command is measured: its time, its processor time and the most memory that it held', async (t) => {
  if (!existsSync('/proc/self/status')) return t.skip('only Linux tells what a process used');
  const { wall, cpu, peak } = await measure(
    node(
      `const held = Buffer.alloc(100e6, 1); const end = Date.now() + 300; while (Date.now() < end); held[0]`,
    ),
  );
  assert.ok(wall >= 0.3);
  assert.ok(cpu !== null && cpu > 0 && cpu < 2 * wall);
  assert.ok(peak !== null && peak > 100e6);
});

test('a command that fails is an error with what it said last', async () => {
  await assert.rejects(measure(node(`console.error('no such capture'); process.exitCode = 3`)), {
    message: `${process.execPath} ended with 3: no such capture`,
  });
});

test('a program that is not there is an error', async () => {
  await assert.rejects(measure(['rst-analyze-no-such-program']), { code: 'ENOENT' });
});

test('an interrupt ends the command', async () => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 50);
  await assert.rejects(measure(node('setInterval(() => {}, 1000)'), stop.signal), { name: 'AbortError' });
});

test('the usage of a process is read whatever its name holds', () => {
  const stat = '42 (a ) R (b) S 1 42 42 0 -1 4194560 100 0 0 0 250 50 0 0 20 0 11 0 9999 1000 2000';
  assert.deepEqual(parseProcessUsage(stat, 'Name:\tx\nVmHWM:\t    1000 kB\n'), { cpu: 3, peak: 1_024_000 });
});

test('a process that has ended holds no memory to tell of', () => {
  assert.equal(
    parseProcessUsage('42 (x) Z 1 42 42 0 -1 4 1 0 0 0 25 5 0', 'Name:\tx\nState:\tZ (zombie)\n'),
    null,
  );
});
