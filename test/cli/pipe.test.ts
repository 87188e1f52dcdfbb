import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { sink } from '#src/cli/io.js';

const BIG_OUTPUT = fileURLToPath(new URL('./big-output.js', import.meta.url));
const BIN = fileURLToPath(new URL('../../../bin/rst-analyze.js', import.meta.url));
const NODE = process.execPath;

test('a reader that leaves early (| head) ends the program quietly', () => {
  const script = `{ "$0" "$1"; echo "code $?" >&2; } | head -n 1`;
  const { stdout, stderr } = spawnSync('sh', ['-c', script, NODE, BIG_OUTPUT], { encoding: 'utf8' });
  assert.equal(stdout, '{\n');
  assert.equal(stderr, 'code 0\n');
});

test('everything arrives when the reader stays', () => {
  const { stdout } = spawnSync(NODE, [BIG_OUTPUT], { encoding: 'utf8', maxBuffer: 1e9 });
  assert.equal(JSON.parse(stdout).findings.length, 5002);
});

test('any other write error is not hidden', async () => {
  const full = new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error('no space left'), { code: 'ENOSPC' })),
  });
  await assert.rejects(sink(full).write('x'), /no space left/);
});

test('the installed program exits with the code that main returns', () => {
  const version = spawnSync(NODE, [BIN, '--version'], { encoding: 'utf8' });
  assert.equal(version.status, 0);
  assert.match(version.stdout, /^\d+\.\d+\.\d+\n$/);
  const wrong = spawnSync(NODE, [BIN, '--nothing'], { encoding: 'utf8' });
  assert.equal(wrong.status, 2);
  assert.equal(wrong.stdout, '');
  assert.match(wrong.stderr, /^rst-analyze: unknown option '--nothing'[^\n]*\n$/);
});
