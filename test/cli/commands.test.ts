import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { commandLines, loadCommand } from '#src/cli/commands/index.js';
import { main } from '#src/cli/main.js';
import { result } from '../report/sample.js';
import { ROOT } from '../support/root.js';
import { fakeDeps, fakeIo } from './fake-io.js';

const NAMES = readdirSync(join(ROOT, 'src', 'cli', 'commands'))
  .map((file) => file.replace(/\.ts$/, ''))
  .filter((name) => name !== 'index' && name !== 'analyze');

test('every file of the folder is a command, and every command has a line in the help', async () => {
  for (const name of NAMES) {
    assert.equal(typeof (await loadCommand(name)), 'function', name);
    assert.match(commandLines(), new RegExp(`^  ${name} +\\w`, 'm'));
  }
  assert.equal(commandLines().trim().split('\n').length, NAMES.length);
});

for (const name of NAMES) {
  test(`${name} has a help of its own in 80 columns, with an example`, async () => {
    const io = fakeIo();
    assert.equal(await main([name, '--help'], io), 0);
    const text = io.out.join('');
    assert.match(text, new RegExp(`^Usage: rst-analyze ${name} `));
    assert.match(text, /Examples?:/);
    for (const line of text.split('\n')) assert.ok(line.length <= 80, line);
  });
}

test('a capture that is named like a command is given with its folder, or as the second', async () => {
  for (const [argv, paths] of [
    [['./show'], ['./show']],
    [
      ['client.pcap', 'show'],
      ['client.pcap', 'show'],
    ],
    [['-r', 'show'], ['show']],
  ]) {
    const deps = fakeDeps(result([]));
    assert.equal(await main(argv, fakeIo(), deps), 0);
    assert.deepEqual(
      deps.calls[0].captures.map(({ path }) => path),
      paths,
    );
  }
});
