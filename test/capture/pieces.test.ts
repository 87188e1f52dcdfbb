import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type PcapRecord, pcap } from '../support/pcap.js';
import { readPcap } from '../support/read.js';

const record = fc
  .record({
    time: fc.bigInt({ min: 0n, max: 4_294_967_295_999_999_999n }),
    bytes: fc.uint8Array({ maxLength: 200 }),
  })
  .map(({ time, bytes }): PcapRecord => ({ time, bytes }));
const form = fc.record({ bigEndian: fc.boolean(), nanoseconds: fc.constant(true) });

test('frames are the same however the bytes arrive', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(record, { maxLength: 20 }),
      form,
      fc.array(fc.integer({ min: 1, max: 97 }), { minLength: 1 }),
      async (records, how, sizes) => {
        const file = pcap(records, how);
        let reads = 0;
        const inPieces = await readPcap(file, () => sizes[reads++ % sizes.length]);
        assert.deepEqual(inPieces, await readPcap(file));
        assert.deepEqual(
          inPieces.frames.map(({ bytes }) => bytes),
          records.map(({ bytes }) => [...bytes]),
        );
      },
    ),
    { numRuns: 60 },
  );
});

test('bytes that arrive one at a time are enough', async () => {
  const file = pcap([{ bytes: [1, 2, 3] }, { bytes: [] }, { bytes: [4] }]);
  assert.deepEqual(await readPcap(file, () => 1), await readPcap(file));
});

test('a capture many times larger than the buffer keeps its numbers and positions', async () => {
  const sizes = Array.from({ length: 3000 }, (_, i) => (i * 977) % 9000);
  const file = pcap(sizes.map((size, i) => ({ bytes: new Uint8Array(size).fill(i) })));
  const { frames, warnings } = await readPcap(file, () => 65_537);
  assert.equal(frames.length, sizes.length);
  let at = 24;
  for (const [i, frame] of frames.entries()) {
    assert.deepEqual([frame.number, frame.byteOffset, frame.bytes.length], [i + 1, at, sizes[i]]);
    assert.ok(frame.bytes.every((byte) => byte === i % 256));
    at += 16 + sizes[i];
  }
  assert.deepEqual(warnings, []);
});
