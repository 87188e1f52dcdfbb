import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { analyze, type CaptureInput } from '#src/analyze.js';
import { InputError } from '#src/errors.js';
import type { Finding, FrameRef } from '#src/result.js';
import { temporaryFolder } from '../support/files.js';
import { ROOT } from '../support/root.js';

const folder = temporaryFolder();
const CASE = join(ROOT, 'fixtures', 'captures', 'azure-idle-20');
const BACKENDS = join(ROOT, 'fixtures', 'pairing', 'pair-snat');
const path = (vantage: string) => join(CASE, `${vantage}.pcap`);
const WHOLE: CaptureInput[] = [
  { path: path('client'), vantage: 'client' },
  { path: path('server'), vantage: 'server' },
];

/** A classic capture in parts of some frames each, as a ring buffer writes it. */
function ring(file: string, frames: number): Uint8Array[] {
  const bytes = readFileSync(file);
  const starts: number[] = [];
  for (let at = 24; at < bytes.length; at += 16 + bytes.readUInt32LE(at + 8)) starts.push(at);
  return starts
    .filter((_, i) => i % frames === 0)
    .map((from, i) => Buffer.concat([bytes.subarray(0, 24), bytes.subarray(from, starts[(i + 1) * frames])]));
}

const FRAMES_A_FILE = 7;

/** A directory of ring files under names of which the order says nothing. */
function ringDirectory(name: string, vantage: string): string {
  mkdirSync(join(folder.path, name));
  for (const [i, bytes] of ring(path(vantage), FRAMES_A_FILE).entries())
    folder.write(join(name, `${(i * 7) % 10}-${vantage}.pcap${i}`), i % 2 === 0 ? bytes : gzipSync(bytes));
  return join(folder.path, name);
}

/** A finding with its frames numbered over all files again. */
function renumbered(finding: Finding): unknown {
  const over = <Ref extends FrameRef>({ file, ...ref }: Ref) => {
    const index = Number(/pcap(\d+)$/.exec(file ?? '')?.[1]);
    return { ...ref, frame: ref.frame + index * FRAMES_A_FILE };
  };
  return {
    ...finding,
    resets: finding.resets.map(over),
    evidence: finding.evidence.map((line) => ({ ...line, frames: line.frames.map(over) })),
    displayFilter: null,
  };
}

test('the files of a ring, in a directory, are one capture: the same findings, frames by file', async () => {
  const whole = await analyze({ captures: WHOLE });
  assert.ok(whole.findings.length > 0);
  const parts = await analyze({
    captures: [
      { path: ringDirectory('c', 'client'), vantage: 'client' },
      { path: ringDirectory('s', 'server'), vantage: 'server' },
    ],
  });
  assert.deepEqual(
    parts.findings.map(renumbered),
    whole.findings.map((finding) => ({ ...finding, displayFilter: null })),
  );
  const [{ files = [], path: _path, ...client }] = parts.captures;
  const { path: _other, ...expected } = whole.captures[0];
  assert.deepEqual(client, expected);
  assert.ok(files.length > 2);
  assert.deepEqual(
    files.map(({ file }) => Number(/\d+$/.exec(file)?.[0])),
    files.map((_, i) => i),
  );
});

test('display filters name frames only within their file', async () => {
  const { findings } = await analyze({
    captures: [{ path: ringDirectory('f', 'client'), vantage: 'client' }],
  });
  const { client, files = [] } = findings[0].displayFilter;
  assert.match(client ?? '', /^\(ip\.addr == [^|]*\)$/);
  assert.ok(files.length > 0);
  for (const { filter, file, vantage } of files) {
    assert.match(filter, /frame\.number in \{\d/);
    assert.deepEqual([vantage, basename(file)], ['client', file]);
  }
});

test('files given one by one are one capture, in whatever order they are given', async () => {
  const parts = ring(path('client'), 20).map((bytes, i) => folder.write(`part${i}.pcap`, bytes));
  const asked = (paths: readonly string[]) =>
    analyze({ captures: paths.map((one) => ({ path: one, vantage: 'client' as const })) });
  const { captures, findings } = await asked(parts);
  const reversed = await asked([...parts].reverse());
  assert.deepEqual(reversed.findings, findings);
  assert.deepEqual(reversed.captures[0].files, captures[0].files);
});

test('what is no capture in a directory is passed over with a warning', async () => {
  const directory = ringDirectory('mixed', 'client');
  folder.write('mixed/notes.txt', 'these are notes');
  folder.write('mixed/next.pcap', '');
  folder.write('mixed/.hidden', 'x');
  mkdirSync(join(directory, 'deeper'));
  const { captures } = await analyze({ captures: [{ path: directory, vantage: 'client' }] });
  assert.deepEqual(
    captures[0].warnings.map(({ code, message }) => `${code}: ${message.replace(directory, '')}`),
    [
      'not-a-capture: passed over: /next.pcap is empty (0 bytes); was the capture stopped before it wrote anything?',
      'not-a-capture: passed over: /notes.txt is text, not a capture; a capture is what tcpdump -w and dumpcap -w write',
    ],
  );
});

test('a warning of one of several files names it', async () => {
  const parts = ring(path('client'), 20);
  const cut = folder.write('x1.pcap', parts[0].subarray(0, parts[0].length - 1));
  const { captures } = await analyze({
    captures: [cut, folder.write('x2.pcap', parts[1])].map((one) => ({
      path: one,
      vantage: 'client' as const,
    })),
  });
  const [{ code, file, frame }] = captures[0].warnings;
  assert.deepEqual([code, file, frame], ['truncated', 'x1.pcap', 20]);
});

async function refused(captures: CaptureInput[], message: RegExp): Promise<void> {
  await assert.rejects(analyze({ captures }), (error: Error) => {
    assert.ok(error instanceof InputError);
    assert.match(error.message, message);
    assert.doesNotMatch(error.message, /\n/);
    return true;
  });
}

test('captures of the same time are not one capture', async () => {
  mkdirSync(join(folder.path, 'incident'));
  for (const vantage of ['client', 'server'])
    cpSync(path(vantage), join(folder.path, 'incident', `${vantage}.pcap`));
  await refused(
    [{ path: join(folder.path, 'incident'), vantage: 'client' }],
    /were recorded at the same time and show the same connections: give one for each side, or join them first: mergecap -w joined\.pcapng /,
  );
});

test('captures of several backends, recorded side by side, are one vantage', async () => {
  const backends = ['server.pcap', 'server2.pcap', 'server3.pcap'].map((name) => ({
    path: join(BACKENDS, name),
    vantage: 'server' as const,
  }));
  const client = { path: join(BACKENDS, 'client.pcap'), vantage: 'client' as const };
  const alone = await analyze({ captures: [client, backends[0]] });
  const { captures, pairing, findings } = await analyze({ captures: [client, ...backends] });
  assert.ok(pairing.paths > alone.pairing.paths);
  assert.deepEqual(
    captures[1].files?.map(({ file }) => file),
    ['server.pcap', 'server2.pcap', 'server3.pcap'],
  );
  const cited = findings.flatMap(({ resets }) => resets.flatMap(({ file }) => file ?? []));
  assert.ok(new Set(cited).size > 1, `${cited}`);
});

test('a directory without captures is refused', async () => {
  mkdirSync(join(folder.path, 'none'));
  folder.write('none/readme', 'no capture at all');
  await refused(
    [{ path: join(folder.path, 'none'), vantage: 'client' }],
    /none holds no capture that can be read, in 1 files$/,
  );
});

test('standard input cannot be one of several files', async () => {
  const captures = ['-', path('client')].map((one) => ({ path: one, vantage: 'client' as const }));
  await refused(captures, /^- can be read only once/);
});

test('a missing file among several is said', async () => {
  const captures = [path('client'), join(folder.path, 'gone')].map((one) => ({
    path: one,
    vantage: 'client' as const,
  }));
  await refused(captures, /gone does not exist; check the path$/);
});
