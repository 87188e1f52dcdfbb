import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type PcapRecord, pcap } from '../support/pcap.js';
import { readPcap } from '../support/read.js';

const SECOND = 1_000_000_000n;
const BASE = 1_700_000_000n * SECOND;
const FORMS = [false, true].flatMap((bigEndian) =>
  [false, true].map((nanoseconds) => ({ bigEndian, nanoseconds })),
);

/** Records that both resolutions can hold. */
const RECORDS: PcapRecord[] = [
  { time: BASE + 123_456_000n, bytes: [1, 2, 3] },
  { time: BASE + SECOND + 7_000n, bytes: [], originalLength: 60 },
  { time: BASE + 2n * SECOND, bytes: [4], originalLength: 1514 },
];

for (const form of FORMS) {
  const name = `${form.bigEndian ? 'big' : 'little'} endian, ${form.nanoseconds ? 'nano' : 'micro'}seconds`;
  test(`${name}: frames, times and lengths are read`, async () => {
    const { format, baseTime, frames, warnings } = await readPcap(pcap(RECORDS, form));
    assert.equal(format, form.nanoseconds ? 'pcap-ns' : 'pcap');
    assert.equal(baseTime, RECORDS[0].time);
    assert.deepEqual(
      frames.map(({ number, time, bytes, originalLength }) => [number, time, bytes, originalLength]),
      [
        [1, 0, [1, 2, 3], 3],
        [2, 876_551_000, [], 60],
        [3, 1_876_544_000, [4], 1514],
      ],
    );
    assert.deepEqual(warnings, []);
  });
}

test('nanoseconds are exact integers over a hundred days', async () => {
  const days = 100n * 86_400n * SECOND;
  const times = [BASE + 999_999_999n, BASE + days, BASE + days + 1n, BASE + days + 999_999_998n];
  const { frames } = await readPcap(
    pcap(
      times.map((time) => ({ time, bytes: [] })),
      { nanoseconds: true },
    ),
  );
  assert.deepEqual(
    frames.map(({ time }) => BigInt(time)),
    times.map((time) => time - times[0]),
  );
});

test('a frame that is older than the first has a negative time', async () => {
  const records = [BASE, BASE - SECOND - 5_000n].map((time) => ({ time, bytes: [] }));
  const { frames } = await readPcap(pcap(records));
  assert.deepEqual(
    frames.map(({ time }) => time),
    [0, -1_000_005_000],
  );
});

test('a frame never has fewer bytes on the wire than were captured', async () => {
  const { frames } = await readPcap(pcap([{ bytes: [1, 2, 3, 4], originalLength: 2 }]));
  assert.equal(frames[0].originalLength, 4);
});

test('the upper half of the link type field tells of check sequences, not of the link type', async () => {
  const { frames } = await readPcap(pcap([{ bytes: [1] }], { linkType: 0xf400_0071 | 0 }));
  assert.equal(frames[0].linkType, 113);
});

test('a frame tells where its record starts in the file', async () => {
  const { frames } = await readPcap(pcap([{ bytes: [1, 2] }, { bytes: [3] }, { bytes: [] }]));
  assert.deepEqual(
    frames.map(({ byteOffset }) => byteOffset),
    [24, 42, 59],
  );
});

test('a capture without frames has no time', async () => {
  const { baseTime, frames, warnings } = await readPcap(pcap([]));
  assert.equal(baseTime, null);
  assert.deepEqual([frames, warnings], [[], []]);
});
