import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { InputError } from '#src/errors.js';
import { readVantage } from '#src/read-vantage.js';
import { join, zeros } from '../support/bytes.js';
import { temporaryFolder } from '../support/files.js';
import { ipv4 } from '../support/ip.js';
import { ethernet } from '../support/link.js';
import { pcap } from '../support/pcap.js';
import { tcp } from '../support/tcp.js';

const folder = temporaryFolder();
const FRAMES = 4000;
/** Incompressible enough for several blocks. */
const CAPTURE = pcap(
  Array.from({ length: FRAMES }, (_, i) => ({
    time: BigInt(i) * 1_000_000n,
    bytes: ethernet(
      ipv4({ id: i & 0xffff }, tcp({ seq: Math.imul(i, 0x9e3779b1) >>> 0, payload: zeros(i % 90) })),
    ),
  })),
);

let written = 0;
const read = (bytes: Uint8Array) => readVantage('client', folder.write(`${written++}.bin`, bytes));
const haveZstd = spawnSync('zstd', ['--version']).status === 0;
const zstd = (bytes: Uint8Array, ...options: string[]) =>
  execFileSync('zstd', ['-q', '-c', ...options], { input: bytes, maxBuffer: 1 << 28 });

test('gzip is read by its content, also twice, in several members, with zeros behind it', async () => {
  const packed = gzipSync(CAPTURE);
  const members = join(gzipSync(CAPTURE.subarray(0, 10_000)), gzipSync(CAPTURE.subarray(10_000)));
  for (const bytes of [packed, gzipSync(packed), members, join(packed, zeros(3000))]) {
    const { frames, format, warnings } = await read(bytes);
    assert.deepEqual([frames, format, warnings], [FRAMES, 'pcap', []]);
  }
});

test('three layers are refused', async () => {
  await assert.rejects(
    read(gzipSync(gzipSync(gzipSync(CAPTURE)))),
    /is compressed more than twice; decompress it first$/,
  );
});

test('a gzip file that is cut gives what is there, and says so', async () => {
  const packed = gzipSync(CAPTURE);
  let last = 0;
  for (const share of [0.2, 0.5, 0.9]) {
    const { frames, warnings } = await read(packed.subarray(0, packed.length * share));
    assert.ok(frames > last && frames < FRAMES);
    assert.equal(warnings[0].code, 'compression-damaged');
    last = frames;
  }
  const { frames, warnings } = await read(packed.subarray(0, -1));
  assert.deepEqual([frames, warnings.map(({ code }) => code)], [FRAMES, ['compression-damaged']]);
});

test('gzip with a flipped bit gives what came before it, and says so', async () => {
  const packed = Uint8Array.from(gzipSync(CAPTURE));
  packed[packed.length >> 1] ^= 0x55;
  const { frames, warnings } = await read(packed);
  assert.ok(frames > 0);
  assert.ok(warnings.some(({ code }) => code === 'compression-damaged'));
});

test('wherever a small gzip file is cut, it is read or refused in one line', async () => {
  const packed = gzipSync(CAPTURE.subarray(0, 400));
  for (let length = 0; length < packed.length; length += 1) {
    const error = await read(packed.subarray(0, length)).then(
      () => null,
      (reason) => reason,
    );
    assert.ok(
      error === null || (error instanceof InputError && !error.message.includes('\n')),
      String(error),
    );
  }
});

test('zstd is read by its content: levels, frames, skippable frames, no checksum', {
  skip: haveZstd ? false : 'install zstd to run this',
}, async () => {
  const skippable = join([0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0], zeros(3));
  const packed = zstd(CAPTURE);
  const frames = join(zstd(CAPTURE.subarray(0, 77)), skippable, zstd(CAPTURE.subarray(77), '--no-check'));
  const all = [
    packed,
    zstd(CAPTURE, '-19'),
    frames,
    join(skippable, packed),
    gzipSync(packed),
    zstd(CAPTURE, '-1', '--no-check'),
  ];
  for (const bytes of all) {
    const { frames: count, warnings } = await read(bytes);
    assert.deepEqual([count, warnings], [FRAMES, []]);
  }
});

test('a zstd file that is cut gives its whole blocks, and says so', {
  skip: haveZstd ? false : 'install zstd to run this',
}, async () => {
  const long = join(CAPTURE, ...Array.from({ length: 4 }, () => CAPTURE.subarray(24)));
  const packed = zstd(long);
  const { frames, warnings } = await read(packed.subarray(0, packed.length - 50));
  assert.ok(frames > FRAMES && frames < 5 * FRAMES);
  assert.equal(warnings[0].code, 'compression-damaged');
});

/** A frame header that asks for a window of 2^(10 + exponent) bytes. */
const window = (exponent: number) => [0x28, 0xb5, 0x2f, 0xfd, 0, exponent << 3, ...zeros(40)];

test('a zstd window beyond what is read is refused with what to do', async () => {
  await assert.rejects(read(Uint8Array.from(window(17))), (error: Error) => {
    assert.ok(error instanceof InputError);
    assert.match(
      error.message,
      /needs a zstd window of 128 MiB, more than is read here; decompress it first: zstd -d/,
    );
    return true;
  });
  await assert.rejects(read(Uint8Array.from(window(31))), InputError);
});

test('damage in zstd never is more than an input error', {
  skip: haveZstd ? false : 'install zstd to run this',
}, async () => {
  const packed = zstd(CAPTURE.subarray(0, 3000));
  for (let i = 4; i < packed.length; i += 7) {
    const damaged = Uint8Array.from(packed);
    damaged[i] ^= 1 << (i % 8);
    const error = await read(damaged).then(
      () => null,
      (reason) => reason,
    );
    assert.ok(error === null || error instanceof InputError, String(error?.stack));
  }
});
