import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { main } from '#src/cli/main.js';
import { CHECK_FORMAT_NAMES } from '#src/report/check/index.js';
import { validXml, WITHOUT_XMLLINT } from '../report/xml.js';
import { withFolder } from '../support/folder.js';
import { ROOT } from '../support/root.js';
import { fakeIo } from './fake-io.js';

const CAPTURES = join(ROOT, 'fixtures', 'captures');

/** A folder with a project file over two real pairs, one of which breaks its policy. */
function withProject(more: string, use: (folder: string) => Promise<void>): Promise<void> {
  return withFolder(async (folder) => {
    const pair = (name: string) =>
      `{ name: ${name}, client: ${CAPTURES}/${name}/client.pcap, server: ${CAPTURES}/${name}/server.pcap }`;
    const text = `pairs:\n  - ${pair('azure-idle-240')}\n  - ${pair('clean')}\nlb: azure-standard:idle=15m\n${more}`;
    writeFileSync(join(folder, 'rst-analyze.config.yaml'), text.replaceAll(CAPTURES, 'captures'));
    symlinkSync(CAPTURES, join(folder, 'captures'));
    await use(folder);
  });
}

async function check(cwd: string, ...argv: string[]) {
  const writeFile = async (path: string, text: string) => writeFileSync(path, text);
  const io = fakeIo({ cwd, writeFile, today: '2026-05-21' });
  const code = await main(['check', ...argv], io);
  return { code, out: io.out.join(''), err: io.err.join('') };
}

test('a pair that violates its policy fails the check, and the report names pair, finding and outcome', () =>
  withProject('', async (folder) => {
    process.chdir(folder);
    try {
      const { code, out, err } = await check(folder);
      assert.equal(err, '');
      assert.equal(code, 1);
      assert.match(out, /^✗ azure-idle-240 {2}5 new and failing$/m);
      assert.match(out, /^✓ clean {10} no findings$/m);
      assert.match(out, /^== azure-idle-240$/m);
      assert.match(out, /failed: 5 findings in 1 of 2 pairs\n$/);
    } finally {
      process.chdir(ROOT);
    }
  }));

test('the file is found from a folder below, and an allowance lets the check pass', () =>
  withProject(
    'allow:\n  - { class: lb-idle-timeout, reason: OPS-1, expires: 2026-12-31 }\n',
    async (folder) => {
      mkdirSync(join(folder, 'deep', 'er'), { recursive: true });
      process.chdir(join(folder, 'deep', 'er'));
      try {
        const { code, out } = await check(join(folder, 'deep', 'er'));
        assert.equal(code, 0);
        assert.match(out, /5 allowed/);
        assert.match(out, /passed: 2 of 2 pairs\n$/);
      } finally {
        process.chdir(ROOT);
      }
    },
  ));

test('a baseline is written, and then only what is new fails', () =>
  withProject('baseline: known.json\n', async (folder) => {
    process.chdir(folder);
    try {
      const missing = await check(folder);
      assert.equal(missing.code, 2);
      assert.match(missing.err, /--update-baseline writes it/);
      const written = await check(folder, '--update-baseline');
      assert.deepEqual([written.code, written.err], [0, 'wrote known.json: 5 known\n']);
      assert.ok(existsSync(join(folder, 'known.json')));
      const after = await check(folder);
      assert.equal(after.code, 0);
      assert.match(after.out, /5 known/);
      const fewer = readFileSync('known.json', 'utf8').replace(/: 3\b/, ': 2');
      writeFileSync('known.json', fewer);
      assert.equal((await check(folder)).code, 1);
    } finally {
      process.chdir(ROOT);
    }
  }));

test('every format of a check: one report over all pairs', { skip: WITHOUT_XMLLINT }, () =>
  withProject('', async (folder) => {
    process.chdir(folder);
    try {
      const outputs = new Map<string, string>();
      for (const name of CHECK_FORMAT_NAMES) outputs.set(name, (await check(folder, '-f', name)).out);
      const junit = outputs.get('junit') ?? '';
      validXml(junit, 'junit.xsd');
      assert.equal(junit.match(/<testsuite /g)?.length, 2);
      const sarif = JSON.parse(outputs.get('sarif') ?? '');
      assert.equal(sarif.runs.length, 2);
      assert.ok(
        sarif.runs[0].results.every(
          ({ baselineState }: { baselineState: string }) => baselineState === 'new',
        ),
      );
      const json = JSON.parse(outputs.get('json') ?? '');
      assert.deepEqual(
        json.pairs.map(({ name }: { name: string }) => name),
        ['azure-idle-240', 'clean'],
      );
      assert.equal(json.pairs[0].standings[0].status, 'fails');
      assert.match(outputs.get('github') ?? '', /^::error file=captures\/azure-idle-240\/client\.pcap,/m);
      assert.match(outputs.get('markdown') ?? '', /^## azure-idle-240$/m);
    } finally {
      process.chdir(ROOT);
    }
  }),
);

test('no project file, captures on the command line, and a format that a check has not, are refused', () =>
  withFolder(async (folder) => {
    assert.match((await check(folder)).err, /no rst-analyze\.config\.yaml/);
    assert.match((await check(folder, 'a.pcap')).err, /from the project file, not 'a\.pcap'/);
    assert.match((await check(folder, '-f', 'html')).err, /no format 'html'.*formats: table/);
    assert.match((await check(folder, '-o', 'x.pdf')).err, /no format of a check goes with the ending \.pdf/);
  }));

test('the action annotates, writes its files and a summary, and fails as the check does', () =>
  withProject('', async (folder) => {
    const action = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8'));
    assert.equal(action.runs.using, 'composite');
    const steps = action.runs.steps as { run: string; env?: Record<string, string> }[];
    const step = steps.find(({ env }) => env !== undefined);
    const summary = join(folder, 'summary.md');
    const inputs = {
      CONFIG: '',
      SARIF: 'out.sarif',
      JUNIT: '',
      PROGRAM: join(ROOT, 'bin', 'rst-analyze.js'),
    };
    assert.deepEqual(Object.keys(step?.env ?? {}), Object.keys(inputs));
    const { status, stdout } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', step?.run ?? ''], {
      cwd: folder,
      env: { ...process.env, ...inputs, GITHUB_STEP_SUMMARY: summary },
      encoding: 'utf8',
    });
    assert.equal(status, 1);
    assert.match(stdout, /^::error file=captures\/azure-idle-240\/client\.pcap,/m);
    assert.match(readFileSync(summary, 'utf8'), /^# TCP resets$/m);
    assert.equal(JSON.parse(readFileSync(join(folder, 'out.sarif'), 'utf8')).version, '2.1.0');
  }));
