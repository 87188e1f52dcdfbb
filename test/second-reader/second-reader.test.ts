import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { analyze, type CaptureInput } from '#src/analyze.js';
import { main } from '#src/cli/main.js';
import type { FrameRef, Result, SecondReading } from '#src/result.js';
import { withSecondReader } from '#src/second-reader/index.js';
import { pcapParser } from '#src/second-reader/pcap-parser.js';
import { fakeIo } from '../cli/fake-io.js';
import { committedCaptures } from '../support/captures.js';
import { temporaryFolder } from '../support/files.js';
import { lyingReader } from '../support/lying-reader.js';
import { ROOT } from '../support/root.js';

const folder = temporaryFolder();
const CASES = [...new Set(committedCaptures().map((path) => join(ROOT, dirname(path))))];
const CASE = join(ROOT, 'fixtures', 'captures', 'azure-idle-20');
const CLIENT = readFileSync(join(CASE, 'client.pcap'));

const client = (path: string): CaptureInput[] => [{ vantage: 'client', path }];
const sides = (path: string): CaptureInput[] => [
  { vantage: 'client', path: join(path, 'client.pcap') },
  { vantage: 'server', path: join(path, 'server.pcap') },
];

async function readings(captures: CaptureInput[]): Promise<(SecondReading | undefined)[]> {
  return (await analyze({ captures, secondReader: true })).captures.map(({ secondReader }) => secondReader);
}

async function reread(name: string, bytes: Uint8Array): Promise<SecondReading> {
  const [reading] = await readings(client(folder.write(name, bytes)));
  assert.ok(reading);
  return reading;
}

/** How many frames of a vantage a report cites. */
function citedIn({ findings }: Result, vantage: string): number {
  const refs: FrameRef[] = findings.flatMap(({ resets, evidence }) => [
    ...resets,
    ...evidence.flatMap(({ frames }) => frames),
  ]);
  return new Set(refs.filter((ref) => ref.vantage === vantage).map(({ frame }) => frame)).size;
}

for (const path of CASES) {
  test(`pcap-parser agrees on every cited frame: ${path.slice(ROOT.length)}`, async () => {
    const result = await analyze({ captures: sides(path), secondReader: true });
    for (const { vantage, secondReader } of result.captures) {
      assert.equal(secondReader?.status, 'agrees', secondReader?.text);
      assert.equal(secondReader?.reader, 'pcap-parser 0.2.1');
      assert.equal(secondReader?.framesChecked, citedIn(result, vantage));
      assert.deepEqual(secondReader?.differences, []);
    }
  });
}

test('unasked, there is no second reader in the report', async () => {
  const { captures } = await analyze({ captures: client(join(CASE, 'client.pcap')) });
  assert.ok(!captures.some((capture) => 'secondReader' in capture));
});

/** The capture with its microseconds as nanoseconds, odd ones. */
function inNanoseconds(): Buffer {
  const file = Buffer.from(CLIENT);
  file.writeUInt32LE(0xa1b23c4d, 0);
  for (let at = 24; at < file.length; at += 16 + file.readUInt32LE(at + 8))
    file.writeUInt32LE(file.readUInt32LE(at + 4) * 1000 + 123, at + 4);
  return file;
}

test('captures of nanoseconds, compressed ones and both are read a second time', async () => {
  const forms = { ns: inNanoseconds(), gz: gzipSync(CLIENT), 'ns.gz': gzipSync(inNanoseconds()) };
  for (const [name, bytes] of Object.entries(forms)) {
    const { status, framesChecked, text } = await reread(name, bytes);
    assert.equal(status, 'agrees', text);
    assert.ok(framesChecked > 10);
  }
});

test('several files of one side are read each, with their frames', async () => {
  const ring = join(folder.path, 'ring');
  mkdirSync(ring);
  const half = middleOf(CLIENT);
  folder.write('ring/a.pcap', CLIENT.subarray(0, half));
  folder.write('ring/b.pcap', Buffer.concat([CLIENT.subarray(0, 24), CLIENT.subarray(half)]));
  const result = await analyze({ captures: client(ring), secondReader: true });
  const [{ files, secondReader }] = result.captures;
  assert.equal(files?.length, 2);
  assert.equal(secondReader?.status, 'agrees', secondReader?.text);
  assert.match(secondReader?.text ?? '', /^pcap-parser 0\.2\.1 agrees: 184 frames, and/);
  const liar = lyingReader((image) => ({ ...image, digest: 'x' }));
  const lied = (await withSecondReader(result, client(ring), liar)).captures[0].secondReader;
  assert.ok(lied?.differences.every(({ file }) => file === 'a.pcap' || file === 'b.pcap'));
});

function middleOf(file: Buffer): number {
  let at = 24;
  while (at < file.length / 2) at += 16 + file.readUInt32LE(at + 8);
  return at;
}

test('a directory with a single capture is read a second time', async () => {
  mkdirSync(join(folder.path, 'single'));
  folder.write('single/only.pcap', CLIENT);
  const [reading] = await readings(client(join(folder.path, 'single')));
  assert.equal(reading?.status, 'agrees', reading?.text);
});

test('whatever a second reader says otherwise is told, with the frame', async () => {
  const path = join(CASE, 'client.pcap');
  const result = await analyze({ captures: client(path) });
  const frame = result.findings[0].resets[0].frame;
  const lies = {
    time: (image) => ({ ...image, time: image.time + 1n }),
    'captured length': (image) => ({ ...image, capturedLength: 1 }),
    'original length': (image) => ({ ...image, originalLength: 9999 }),
    'SHA-256 of the bytes': (image) => ({ ...image, digest: '00' }),
    'the second reader does not have it': () => undefined,
  } satisfies Record<string, Parameters<typeof lyingReader>[0]>;
  for (const [what, lie] of Object.entries(lies)) {
    const liar = lyingReader((image, number) => (number === frame ? lie(image) : image));
    const told = (await withSecondReader(result, client(path), liar)).captures[0].secondReader;
    assert.equal(told?.status, 'differs');
    assert.equal(told?.differences.length, 1);
    assert.equal(told?.differences[0].frame, frame);
    assert.ok(told?.differences[0].what.startsWith(what), told?.differences[0].what);
    assert.match(told?.text ?? '', new RegExp(`^liar 1\\.0\\.0 differs: frame ${frame}: ${what}`));
  }
});

test('a record that claims 4 GB stops the second reader at once', async () => {
  const large = Buffer.alloc(32 << 20, 0x55);
  CLIENT.copy(large);
  large.fill(0xff, CLIENT.length, CLIENT.length + 16);
  const path = folder.write('claims.pcap', large);
  const start = performance.now();
  const reading = await pcapParser.read(path, new Set([1, 184]));
  const elapsed = performance.now() - start;
  assert.ok('frames' in reading);
  assert.equal(reading.frames, 184);
  assert.deepEqual([...reading.images.keys()], [1, 184]);
  assert.deepEqual(reading.stop, { frame: 185, why: 'claims 4294967295 bytes' });
  assert.ok(elapsed < 250, `${elapsed} ms`);
});

test('frames that only our reader found behind damage are told as a difference', async () => {
  const file = Buffer.from(CLIENT);
  file.writeUInt32LE(0xffff_ffff, 24 + 8);
  const { status, differences, text } = await reread('damaged.pcap', file);
  assert.equal(status, 'differs');
  assert.match(
    text,
    /differs: frame 1: 183 frames here, 0 for the second reader, which stops at frame 1: it claims/,
  );
  assert.equal(differences.length, 2);
  assert.match(differences[1].what, /^the second reader does not have it, nor \d+ more that are cited$/);
});

test('a record that is cut off at the end is said to be left out', async () => {
  for (const cut of [1, 30]) {
    const { status, text } = await reread(`cut-${cut}.pcap`, CLIENT.subarray(0, CLIENT.length - cut));
    assert.equal(status, 'agrees');
    assert.match(text, /; it leaves out a last record that is cut off after \d+ of its bytes$/);
  }
});

test('formats that it does not read are not applicable, with the reason', async () => {
  const modified = Buffer.from(CLIENT);
  modified.writeUInt32LE(0xa1b2cd34, 0);
  const oldOrder = Buffer.from(CLIENT.subarray(0, 24));
  oldOrder.writeUInt16LE(2, 6);
  const section = Buffer.from('0a0d0d0a1c0000004d3c2b1a01000000ffffffffffffffff1c000000', 'hex');
  for (const [name, bytes, why] of [
    ['modified', modified, /is not applicable: it reads classic captures only, not pcap-modified$/],
    ['pcapng', section, /is not applicable: it reads classic captures only, not pcapng$/],
    ['version', oldOrder, /is not applicable: its version has the lengths of a record in another order$/],
  ] as const) {
    const { status, framesChecked, differences, text } = await reread(name, bytes);
    assert.deepEqual([status, framesChecked, differences], ['not-applicable', 0, []]);
    assert.match(text, why);
  }
});

test('--second-reader puts its word into the header of the table', async () => {
  const io = fakeIo();
  await main(['--second-reader', join(CASE, 'client.pcap'), join(CASE, 'server.pcap')], io);
  const lines = io.out.join('').split('\n');
  const words = lines.filter((line) => line.startsWith('reread'));
  assert.deepEqual(words, [
    'reread   client: pcap-parser 0.2.1 agrees: 184 frames, and the same times,',
    'reread   server: pcap-parser 0.2.1 agrees: 183 frames, and the same times,',
  ]);
});

test('standard input cannot be read a second time, and is not touched', async () => {
  const result = await analyze({ captures: client(join(CASE, 'client.pcap')) });
  const [{ secondReader }] = (await withSecondReader(result, client('-'))).captures;
  assert.equal(secondReader?.status, 'not-applicable');
  assert.match(
    secondReader?.text ?? '',
    /is not applicable: what comes through a pipe can be read only once$/,
  );
});

test('nothing of the second reader is loaded where it is not asked for', () => {
  const importing = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('second-reader'))
    .filter((name) => /from '[^']*second-reader/.test(readFileSync(join(ROOT, 'src', name), 'utf8')));
  assert.deepEqual(importing, []);
});
