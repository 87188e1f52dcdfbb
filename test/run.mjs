// Runs the built tests: `npm test`, or `npm test -- flow wire` for the files whose path holds one of the words.
// Node 20 takes no patterns after `--test`, so the files are found here.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const built = join(root, 'build', 'test');

/** Built files whose source is gone (renamed, removed) are left alone. */
function hasSource(path) {
  return existsSync(join(root, 'test', `${relative(built, path).slice(0, -'.js'.length)}.ts`));
}

function testFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return testFiles(path);
    return entry.name.endsWith('.test.js') && hasSource(path) ? [path] : [];
  });
}

const words = process.argv.slice(2);
const files = (existsSync(built) ? testFiles(built) : [])
  .filter((path) => words.length === 0 || words.some((word) => relative(built, path).includes(word)))
  .sort();

if (files.length === 0) {
  const why =
    words.length === 0
      ? 'there is no built test: run npm test'
      : `no test file has ${words.join(' or ')} in its path`;
  process.stderr.write(`test/run.mjs: ${why}\n`);
  process.exitCode = 2;
} else {
  const { status } = spawnSync(process.execPath, ['--test', ...files], { cwd: root, stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
