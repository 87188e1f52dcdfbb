import assert from 'node:assert/strict';
import { test } from 'node:test';
import { main } from '#src/cli/main.js';
import { InputError } from '#src/errors.js';
import { backendReset, finding, result, smallResult } from '../report/sample.js';
import { failingDeps, fakeDeps, fakeIo } from './fake-io.js';

const CLEAN = result([]);

/** What one call prints and returns. */
async function call(argv: string[], found = CLEAN, io = fakeIo()) {
  const deps = fakeDeps(found);
  const code = await main(argv, io, deps);
  return { code, out: io.out.join(''), err: io.err.join(''), files: io.files, asked: deps.calls[0] };
}

test('captures are the client side, then the server side', async () => {
  const { asked, code } = await call([
    'c.pcap',
    's.pcap',
    '--lb',
    'a.json',
    '-l',
    'b.json',
    '--where',
    '10.0.0.1:80,::1',
  ]);
  assert.equal(code, 0);
  assert.deepEqual(asked.captures, [
    { path: 'c.pcap', vantage: 'client' },
    { path: 's.pcap', vantage: 'server' },
  ]);
  assert.deepEqual(asked.lb, ['a.json', 'b.json']);
  assert.deepEqual(asked.where, ['10.0.0.1:80', '::1']);
});

test('-r and positional captures are the same thing', async () => {
  for (const argv of [
    ['-r', 'c', '-r', 's'],
    ['-r', 'c', 's'],
    ['c', 's'],
  ]) {
    assert.deepEqual(
      (await call(argv)).asked.captures.map(({ path }) => path),
      ['c', 's'],
    );
  }
});

test('exit code 0 for nothing, 1 for what --fail-on names', async () => {
  const violating = smallResult();
  const resets = result([backendReset('F1')]);
  assert.equal((await call(['c'], CLEAN)).code, 0);
  assert.equal((await call(['c'], violating)).code, 1);
  assert.equal((await call(['c'], resets)).code, 0);
  assert.equal((await call(['c', '--fail-on', 'any'], resets)).code, 1);
  assert.equal((await call(['c', '--fail-on', 'any'], CLEAN)).code, 0);
  assert.equal((await call(['c', '--fail-on', 'none'], violating)).code, 0);
  assert.equal((await call(['c', '--fail-on', 'client-originated,backend-originated'], resets)).code, 1);
  assert.equal((await call(['c', '--fail-on', 'client-originated'], violating)).code, 0);
});

const REFUSED: [string, string[], RegExp][] = [
  ['no capture', [], /no capture given/],
  ['an unknown option', ['--formt', 'json', 'c'], /unknown option '--formt' \(did you mean --format\?\)/],
  [
    'an unknown format',
    ['-f', 'jsn', 'c'],
    /no format 'jsn' \(did you mean 'json'\?\); formats: table, json/,
  ],
  ['an unknown --fail-on', ['--fail-on', 'violatoin', 'c'], /'violatoin' \(did you mean 'violation'\?\)/],
  ["'none' with more", ['--fail-on', 'none,any', 'c'], /'none' excludes every other word/],
  ['a third capture', ['a', 'b', 'c'], /3 captures given, but there are two sides/],
  ['standard input twice', ['-', '-'], /only one capture can come from standard input/],
  ['one capture twice', ['a.pcap', 'a.pcap'], /both captures are a\.pcap/],
  ['an empty name', ['', 'b'], /name of a capture is empty/],
  ['two formats', ['--json', '-f', 'table', 'c'], /cannot be used with/],
  ['loud and quiet', ['-q', '-v', 'c'], /cannot be used with/],
  ['a missing value', ['c', '-f'], /argument missing/],
  [
    'an ending without a format',
    ['c', '-o', 'report.xlsx'],
    /no format goes with the ending of report\.xlsx/,
  ],
  ['an output that is an input', ['c.pcap', '-f', 'json', '-o', './c.pcap'], /is also an input/],
];
for (const [name, argv, message] of REFUSED) {
  test(`${name} is refused with 2 and one line, before anything is read`, async () => {
    const { code, out, err, asked } = await call(argv);
    assert.equal(code, 2);
    assert.equal(out, '');
    assert.match(err, message);
    assert.match(err, /^rst-analyze: [^\n]*\n$/);
    assert.equal(asked, undefined);
  });
}

test("'-' on a terminal is refused with a hint", async () => {
  const { code, err } = await call(['-'], CLEAN, fakeIo({ stdinTTY: true }));
  assert.equal(code, 2);
  assert.match(err, /pipe one in, as in tcpdump/);
  assert.equal((await call(['-'])).code, 0);
});

test('an input error is one line without a stack, and shows what a file name hides', async () => {
  const io = fakeIo();
  const code = await main(['c'], io, failingDeps(new InputError('no such file: \x1b[2Jc\nd.pcap')));
  assert.equal(code, 2);
  assert.equal(io.err.join(''), 'rst-analyze: no such file: \\x1b[2Jc\\nd.pcap\n');
});

test('any other error is our bug: one line, the stack only on request', async () => {
  const quiet = fakeIo();
  assert.equal(await main(['c'], quiet, failingDeps(new TypeError('x is not a function'))), 2);
  assert.match(
    quiet.err.join(''),
    /^rst-analyze: this is a bug[^\n]*please report it[^\n]*x is not a function\n$/,
  );
  const loud = fakeIo({ env: { RST_ANALYZE_DEBUG: '1' } });
  await main(['c'], loud, failingDeps(new TypeError('x is not a function')));
  assert.match(loud.err.join(''), /\n {4}at /);
  const odd = fakeIo();
  assert.equal(await main(['c'], odd, failingDeps('a string')), 2);
  assert.match(odd.err.join(''), /a string/);
});

test('the report goes to a file, in the format of its ending', async () => {
  const { files, out } = await call(['c', '-o', 'r.json'], smallResult());
  assert.equal(out, '');
  assert.equal(JSON.parse(files.get('r.json') ?? '').findings.length, 3);
  assert.match((await call(['c', '-o', 'r.txt'])).files.get('r.txt') ?? '', /no findings/);
  assert.match((await call(['c', '-f', 'table', '-o', 'r.json'])).files.get('r.json') ?? '', /no findings/);
  assert.match((await call(['c', '-o', '-'])).out, /no findings/);
});

test('a file that cannot be written is an input error', async () => {
  const writeFile = async () => {
    throw Object.assign(new Error('ENOENT: no such file or directory'), { code: 'ENOENT' });
  };
  const { code, err } = await call(['c', '-o', 'no/r.json'], CLEAN, fakeIo({ writeFile }));
  assert.equal(code, 2);
  assert.equal(err, 'rst-analyze: cannot write no/r.json: its folder does not exist\n');
});

test('--json is -f json, -q is one line', async () => {
  assert.equal(JSON.parse((await call(['c', '--json'])).out).schemaVersion, 1);
  assert.equal((await call(['c', '-q'], smallResult())).out.split('\n').length, 2);
});

test('colour only on a terminal, never in a file unless asked for', async () => {
  const red = /\x1b\[31m/;
  assert.doesNotMatch((await call(['c'], smallResult())).out, /\x1b/);
  assert.match((await call(['c'], smallResult(), fakeIo({ stdoutTTY: true }))).out, red);
  assert.match((await call(['c', '--color'], smallResult())).out, red);
  assert.doesNotMatch(
    (await call(['c', '--no-color'], smallResult(), fakeIo({ stdoutTTY: true }))).out,
    /\x1b/,
  );
  const forced = fakeIo({ stdoutTTY: true, env: { FORCE_COLOR: '1' } });
  assert.doesNotMatch(
    (await call(['c', '-o', 'r.txt'], smallResult(), forced)).files.get('r.txt') ?? '',
    /\x1b/,
  );
  assert.match((await call(['c', '--color', '-o', 'r.txt'], smallResult())).files.get('r.txt') ?? '', red);
});

test('the report fills the terminal, and is ASCII where the locale says so', async () => {
  const wide = await call(
    ['c'],
    smallResult(),
    fakeIo({ stdoutTTY: true, columns: 160, env: { NO_COLOR: '1' } }),
  );
  assert.ok(wide.out.split('\n').some((line) => line.length > 140));
  const said = await call(['c'], smallResult(), fakeIo({ env: { COLUMNS: '160' } }));
  assert.equal(said.out, wide.out);
  const ascii = await call(['c'], smallResult(), fakeIo({ env: { LC_ALL: 'C' } }));
  assert.match(ascii.out, /^[\x20-\x7e\n]*$/);
});

test('--version prints only the version', async () => {
  assert.match((await call(['--version'])).out, /^\d+\.\d+\.\d+\n$/);
  assert.equal((await call(['-V'])).code, 0);
});

test('a reader of findings is told by the exit code whatever the format', async () => {
  assert.equal(
    (
      await call(
        ['c', '--json', '-q'],
        result([finding({ policyCheck: smallResult().findings[0].policyCheck })]),
      )
    ).code,
    1,
  );
});

test('--extract names findings that are there, or is refused with their names', async () => {
  const { code, err } = await call(['c', '--extract', 'f7', '--fail-on', 'none'], smallResult());
  assert.equal(code, 2);
  assert.match(err, /^rst-analyze: there is no finding F7: these captures give F1 to F3/);
});
