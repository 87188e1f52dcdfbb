import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { main } from '#src/cli/main.js';
import { FORMAT_NAMES } from '#src/report/index.js';
import { fakeIo } from './fake-io.js';

async function help(): Promise<string> {
  const io = fakeIo();
  assert.equal(await main(['--help'], io), 0);
  assert.deepEqual(io.err, []);
  return io.out.join('');
}

test('the help fits 80 columns', async () => {
  for (const line of (await help()).split('\n')) assert.ok(line.length <= 80, line);
});

test('the help leads with examples and ends with exit codes', async () => {
  const text = await help();
  const order = ['Usage:', 'Examples:', 'Options:', 'Exit codes:'].map((title) => text.indexOf(title));
  assert.ok(order.every((at) => at >= 0));
  assert.deepEqual(
    order,
    [...order].sort((a, b) => a - b),
  );
});

test('the help names every option of the contract and only formats that exist', async () => {
  const text = await help();
  const names = [
    '--lb',
    '--format',
    '--output',
    '--fail-on',
    '--where',
    '--annotate',
    '--extract',
    '--verbose',
    '--quiet',
    '-r <file>',
    '--json',
  ];
  for (const name of [...names, '--no-color', '--no-progress', '--version'])
    assert.ok(text.includes(name), name);
  assert.ok(text.replace(/\s+/g, ' ').includes(`${FORMAT_NAMES.join(', ')} (default: table)`));
});

test('help loads commander and nothing else from outside', () => {
  assert.deepEqual(
    [...packagesLoadedBy(new URL('../../../dist/cli/main.js', import.meta.url))],
    ['commander'],
  );
});

/** Packages that a built file imports before it runs, itself or through others. */
function packagesLoadedBy(file: URL, seen = new Set<string>()): Set<string> {
  const packages = new Set<string>();
  if (seen.has(file.href)) return packages;
  seen.add(file.href);
  for (const [, from] of readFileSync(file, 'utf8').matchAll(/^(?:import|export) .*?from '(.+?)';/gms)) {
    if (from.startsWith('.'))
      for (const name of packagesLoadedBy(new URL(from, file), seen)) packages.add(name);
    else if (!from.startsWith('node:')) packages.add(from);
  }
  return packages;
}
