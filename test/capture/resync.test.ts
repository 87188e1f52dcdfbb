import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { join } from '../support/bytes.js';
import { pcap } from '../support/pcap.js';
import { Blocks } from '../support/pcapng.js';
import { readCapture } from '../support/read-capture.js';

const SECOND = 1_000_000_000n;
const NOW = 1_700_000_000n * SECOND;
const COUNT = 12;

const payload = (i: number) => Uint8Array.from({ length: 40 + i }, (_, at) => (at * 37 + i * 11) & 0xff);

function classic(nanoseconds: boolean): { file: Uint8Array; starts: number[] } {
  const records = Array.from({ length: COUNT }, (_, i) => ({
    time: NOW + BigInt(i) * SECOND,
    bytes: payload(i),
  }));
  const starts = records.map((_, i) =>
    records.slice(0, i).reduce((at, { bytes }) => at + 16 + bytes.length, 24),
  );
  return { file: pcap(records, { nanoseconds }), starts };
}

function blocks(little: boolean): { file: Uint8Array; starts: number[] } {
  const write = new Blocks(little);
  const packets = Array.from({ length: COUNT }, (_, i) =>
    write.packet(payload(i), { time: NOW / 1000n + BigInt(i) }),
  );
  const head = join(write.section(), write.interface());
  const starts = packets.map((_, i) =>
    packets.slice(0, i).reduce((at, { length }) => at + length, head.length),
  );
  return { file: join(head, ...packets), starts };
}

/** Each format with the place of the length in a record. */
const FORMATS = [
  ['pcap', classic(false), 8],
  ['pcap of nanoseconds', classic(true), 8],
  ['pcapng', blocks(true), 4],
  ['pcapng, big endian', blocks(false), 4],
] as const;

for (const [name, { file, starts }, lengthAt] of FORMATS) {
  const damagedAt = (index: number, at: number, bytes: readonly number[]) => {
    const copy = file.slice();
    copy.set(bytes, starts[index] + at);
    return copy;
  };

  for (const claim of [
    [0xff, 0xff, 0xff, 0xff],
    [0x7f, 0x03, 0x05, 0x7f],
  ]) {
    test(`${name}: a length of ${claim} costs one frame, and what was skipped is said`, async () => {
      const { frames, warnings } = await readCapture(damagedAt(4, lengthAt, claim));
      assert.equal(frames.length, COUNT - 1);
      assert.deepEqual(frames[4].bytes, [...payload(5)]);
      assert.equal(frames[4].number, 5);
      const [{ code, frame, byteOffset, message }, ...others] = warnings;
      assert.deepEqual([code, frame, byteOffset, others], ['impossible-length', 5, starts[4], []]);
      assert.match(
        message,
        new RegExp(`, ${starts[5] - starts[4]} bytes were skipped up to the next readable record`),
      );
    });
  }

  test(`${name}: bytes that were lost in the middle cost the frames they were of`, async () => {
    const lost = join(file.subarray(0, starts[3] + 6), file.subarray(starts[5] + 9));
    const { frames, warnings } = await readCapture(lost);
    const bytes = frames.map((frame) => frame.bytes.join());
    for (const i of [0, 1, 2, 7, 8, 9, 10, 11])
      assert.ok(bytes.includes(payload(i).join()), `frame of record ${i}`);
    assert.ok(warnings.length > 0);
  });

  test(`${name}: rubbish in between is skipped`, async () => {
    const rubbish = Uint8Array.from({ length: 5001 }, (_, i) => (i * i * 31 + 0xc3) & 0xff);
    const mixed = join(file.subarray(0, starts[6]), rubbish, file.subarray(starts[6]));
    const { frames } = await readCapture(mixed);
    const bytes = new Set(frames.map((frame) => frame.bytes.join()));
    for (let i = 0; i < COUNT; i += 1) assert.ok(bytes.has(payload(i).join()), `frame of record ${i}`);
  });

  test(`${name}: damage behind which nothing can be read is told with the bytes that it cost`, async () => {
    const cut = damagedAt(COUNT - 1, lengthAt, [0xff, 0xff, 0xff, 0xff]);
    const { frames, warnings } = await readCapture(cut);
    assert.equal(frames.length, COUNT - 1);
    assert.match(
      warnings[0].message,
      new RegExp(`${file.length - starts[COUNT - 1]} bytes were skipped to the end`),
    );
  });

  test(`${name}: what is found again does not depend on how the bytes arrive`, async () => {
    const damaged = damagedAt(2, lengthAt, [0xfc, 0xff, 0xff, 0xff]);
    const whole = await readCapture(damaged);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1 }), async (sizes) => {
        let reads = 0;
        assert.deepEqual(await readCapture(damaged, { pieces: () => sizes[reads++ % sizes.length] }), whole);
      }),
      { numRuns: 30 },
    );
  });

  test(`${name}: flipped and lost bytes never make the reader throw or invent frames`, async () => {
    const edit = fc.record({ at: fc.nat(file.length - 1), value: fc.nat(255), cut: fc.nat(20) });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 5 }), async (edits) => {
        let damaged: Uint8Array = file.slice();
        for (const { at, value, cut } of edits) {
          damaged[at % damaged.length] = value;
          if (cut > 10) damaged = join(damaged.subarray(0, at), damaged.subarray(at + cut));
        }
        if (
          damaged[0] !== file[0] ||
          damaged.length < 64 ||
          !file.subarray(0, 24).every((b, i) => b === damaged[i])
        )
          return;
        const { frames } = await readCapture(damaged);
        assert.ok(frames.length <= COUNT + edits.length);
      }),
      { numRuns: 200 },
    );
  });
}

test('a large length that nothing bears out is damage even where the file would hold it', async () => {
  const records = Array.from({ length: 3000 }, (_, i) => ({
    time: NOW + BigInt(i) * 1_000_000n,
    bytes: payload(1),
  }));
  const file = pcap(records);
  const at = 24 + 10 * (16 + payload(1).length);
  new DataView(file.buffer).setUint32(at + 8, 100_000, true);
  const { frames, warnings } = await readCapture(file);
  assert.equal(frames.length, records.length - 1);
  assert.match(warnings[0].message, /^frame 11 at byte \d+ claims 100000 bytes, and no frame follows/);
});

test('a damaged length near the end is told from a cut tail', async () => {
  const { file, starts } = classic(false);
  const damaged = file.slice();
  new DataView(damaged.buffer).setUint32(starts[3] + 8, 200_000, true);
  const { frames, warnings } = await readCapture(damaged);
  assert.equal(frames.length, COUNT - 1);
  assert.deepEqual(
    warnings.map(({ code, frame }) => [code, frame]),
    [['impossible-length', 4]],
  );
});

test('a damaged length of a block near the end is told from a cut tail', async () => {
  const { file, starts } = blocks(true);
  const damaged = file.slice();
  new DataView(damaged.buffer).setUint32(starts[3] + 4, 200_000, true);
  const { frames, warnings } = await readCapture(damaged);
  assert.equal(frames.length, COUNT - 1);
  assert.deepEqual(
    warnings.map(({ code, frame }) => [code, frame]),
    [['impossible-length', 4]],
  );
  const cut = await readCapture(file.subarray(0, starts[5] + 40));
  assert.deepEqual(
    cut.warnings.map(({ code, frame }) => [code, frame]),
    [['truncated', 6]],
  );
});

test('a file that is all damage is told in a few lines', async () => {
  const records = Array.from({ length: 90 }, (_, i) => ({
    time: NOW + BigInt(i) * SECOND,
    bytes: payload(i % 20),
    ...(i % 3 === 2 ? { capturedLength: 0xffff_ffff } : {}),
  }));
  const { frames, warnings } = await readCapture(pcap(records));
  assert.equal(frames.length, 60);
  assert.equal(warnings.length, 11);
  assert.match(warnings[10].message, /^20 more damaged places, where \d+ bytes were skipped$/);
});
