import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { CaptureSummary } from '#src/result.js';
import { join as joined } from '../support/bytes.js';
import { temporaryFolder } from '../support/files.js';
import { Blocks } from '../support/pcapng.js';
import { ROOT } from '../support/root.js';
import { zstdBomb } from '../support/zstd.js';

const MEBIBYTE = 2 ** 20;
/** The most that any input may make the program hold. */
const BUDGET = 200 * MEBIBYTE;
const CLAIM = 0xffff_fffc;
const folder = temporaryFolder();
const CAPTURE = readFileSync(join(ROOT, 'fixtures', 'captures', 'client-snat', 'client.pcap'));

interface Measured {
  readonly capture: CaptureSummary;
  readonly peak: number;
}

/** Reads a file in a process of its own, and measures the most memory that it held. */
function measured(name: string, bytes: Uint8Array): Measured {
  const program = join(ROOT, 'build', 'test', 'support', 'run-measured.js');
  const path = folder.write(name, bytes);
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, '--json', path], {
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  return { capture: JSON.parse(stdout).captures[0], peak: Number(stderr.trim().split('\n').at(-1)) };
}

function assertBounded({ peak }: Measured): void {
  assert.ok(peak > 20 * MEBIBYTE, `${peak} is no measurement`);
  assert.ok(peak <= BUDGET, `${Math.round(peak / MEBIBYTE)} MiB`);
}

/** A gzip file of a capture and 16 MiB of one byte, `times` times. */
function gzipBomb(start: Uint8Array, byte: number, times: number): Uint8Array {
  const member = gzipSync(new Uint8Array(16 * MEBIBYTE).fill(byte));
  return joined(gzipSync(start), ...Array<Uint8Array>(times).fill(member));
}

const bombs: Record<string, () => Uint8Array> = {
  'gzip in gzip, 256 MiB in some kilobytes': () => gzipSync(gzipBomb(CAPTURE, 0xff, 16)),
  'gzip, 256 MiB of records without bytes': () => gzipBomb(CAPTURE, 0, 16),
  'zstd, 256 MiB in 20 kilobytes': () => zstdBomb(CAPTURE, 0xff, 2048),
};

for (const [name, make] of Object.entries(bombs)) {
  test(`a bomb stays within 200 MiB: ${name}`, () => {
    const read = measured('bomb', make());
    assertBounded(read);
    assert.ok(read.capture.frames >= 67);
  });
}

/** A block whose two lengths claim 4 GB, with less behind it. */
function claiming(type: number, behind: number): Uint8Array {
  const blocks = new Blocks();
  const head = joined(blocks.section(), blocks.interface(), blocks.packet([1, 2, 3, 4]));
  const body = new Uint8Array(behind).fill(0x5a);
  return joined(head, blocks.u32(type), blocks.u32(CLAIM), body, blocks.packet([5]), blocks.packet([6]));
}

const EVERY_TYPE = { section: 0x0a0d0d0a, interface: 1, packet: 6, simple: 3, names: 4, custom: 0xbad };
for (const [name, type] of Object.entries(EVERY_TYPE)) {
  test(`a pcapng block (${name}) that claims 4 GB stays within 200 MiB, and what follows it is read`, () => {
    const read = measured('claims', claiming(type, 8 * MEBIBYTE));
    assertBounded(read);
    assert.equal(read.capture.frames, 3);
    assert.equal(read.capture.warnings[0].code, 'impossible-length');
  });
}

test('a pcapng block that claims 4 GB in a compressed file, with 256 MiB behind it, stays within 200 MiB', () => {
  assertBounded(measured('claims.gz', gzipBomb(claiming(6, 0), 0x5a, 16)));
});
