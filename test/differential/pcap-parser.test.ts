import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { committedCaptures } from '../support/captures.js';
import { temporaryFolder } from '../support/files.js';
import { pcap } from '../support/pcap.js';
import { type ParsedFrame, parsedFrames } from '../support/pcap-parser.js';
import { readPcap } from '../support/read.js';
import { ROOT } from '../support/root.js';

const folder = temporaryFolder();

/** What our reader says of a capture, in the other one's terms. */
async function ourFrames(bytes: Uint8Array): Promise<ParsedFrame[]> {
  const { frames, baseTime, format, warnings } = await readPcap(bytes);
  assert.equal(format, 'pcap');
  assert.deepEqual(warnings, []);
  return frames.map(({ time, bytes: data, originalLength }) => ({
    microseconds: Number(((baseTime ?? 0n) + BigInt(time)) / 1000n),
    capturedLength: data.length,
    originalLength,
    bytes: data,
  }));
}

for (const capture of committedCaptures()) {
  test(`pcap-parser reads the same frames, times and lengths: ${capture}`, async () => {
    const path = join(ROOT, capture);
    assert.deepEqual(await ourFrames(await readFile(path)), await parsedFrames(path));
  });
}

test('pcap-parser reads the same from a big-endian capture with cut and empty frames', async () => {
  const records = Array.from({ length: 200 }, (_, i) => ({
    time: BigInt(i) * 1_234_567_000n,
    bytes: new Uint8Array((i * 37) % 300).fill(i),
    originalLength: 300 + i,
  }));
  const file = pcap(records, { bigEndian: true });
  const path = folder.write('big-endian.pcap', file);
  assert.deepEqual(await ourFrames(file), await parsedFrames(path));
});
