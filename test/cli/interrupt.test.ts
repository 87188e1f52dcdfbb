import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { analyze } from '#src/analyze.js';
import { withFolder } from '../support/folder.js';
import { ROOT } from '../support/root.js';

const CLIENT = join(ROOT, 'fixtures', 'captures', 'azure-idle-240', 'client.pcap');

test('a reading that is stopped is analysed as far as it came, and says so', () =>
  withFolder(async (folder) => {
    // Large enough to be read in several pieces.
    const [head, records] = [readFileSync(CLIENT).subarray(0, 24), readFileSync(CLIENT).subarray(24)];
    const path = join(folder, 'large.pcap');
    writeFileSync(path, Buffer.concat([head, ...Array<Buffer>(400).fill(records)]));
    const controller = new AbortController();
    const result = await analyze({
      captures: [{ vantage: 'client', path }],
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    const [capture] = result.captures;
    assert.ok(capture.frames > 0 && capture.frames < 400 * 148, `${capture.frames} frames`);
    const [warning] = capture.warnings.filter(({ code }) => code === 'interrupted');
    assert.match(warning.message, new RegExp(`only the ${capture.frames} frames up to here`));
  }));

test('Ctrl-C: the report of what has been read, and the exit code of an interrupted program', async () => {
  const program = spawn(process.execPath, [join(ROOT, 'bin', 'rst-analyze.js'), '--json', '-'], {
    cwd: ROOT,
  });
  let out = '';
  program.stdout.setEncoding('utf8').on('data', (text) => {
    out += text;
  });
  const bytes = readFileSync(CLIENT);
  const ended = new Promise<number | null>((resolve) => program.on('close', resolve));
  // One whole window and more, so that the reading is under way, then the signal, then a rest that is not read.
  program.stdin.write(bytes);
  const more = setInterval(() => program.stdin.write(bytes.subarray(24)), 1);
  program.stdin.on('error', () => clearInterval(more));
  setTimeout(() => program.kill('SIGINT'), 1500);
  const code = await ended;
  clearInterval(more);
  assert.equal(code, 130);
  const { captures } = JSON.parse(out);
  assert.ok(captures[0].warnings.some(({ code: name }: { code: string }) => name === 'interrupted'));
});
