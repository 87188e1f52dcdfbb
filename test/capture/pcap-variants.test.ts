import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DIRECTION_INBOUND, DIRECTION_OUTBOUND } from '#src/capture/frame.js';
import { type FamilyForm, type FamilyRecord, family } from '../support/pcap-family.js';
import { readCapture } from '../support/read-capture.js';

const RECORDS: readonly FamilyRecord[] = [
  { seconds: 1_700_000_000, fraction: 5, bytes: [1, 2, 3], original: 60 },
  { seconds: 1_700_000_001, fraction: 7, bytes: [4, 5, 6, 7, 8] },
  { seconds: 1_700_000_001, fraction: 9, bytes: [9] },
];
const INTERFACE_AND_PROTOCOL = [2, 0, 0, 0, 0, 8];

interface Variant extends FamilyForm {
  readonly name: string;
  readonly format: string;
  /** Nanoseconds in a unit of the second field. */
  readonly unit: number;
  readonly direction?: number;
}

const VARIANTS: readonly Variant[] = [
  { name: 'microseconds', magic: 0xa1b2c3d4, format: 'pcap', unit: 1000 },
  { name: 'nanoseconds', magic: 0xa1b23c4d, format: 'pcap-ns', unit: 1 },
  {
    name: 'modified by Kuznetzov, received',
    magic: 0xa1b2cd34,
    afterLengths: [...INTERFACE_AND_PROTOCOL, 0, 0],
    format: 'pcap-modified',
    unit: 1000,
    direction: DIRECTION_INBOUND,
  },
  {
    name: 'modified, with debugging bytes, sent',
    magic: 0xa1b2cd34,
    afterLengths: [...INTERFACE_AND_PROTOCOL, 4, 0, 0, 0, 0, 0],
    format: 'pcap-modified',
    unit: 1000,
    direction: DIRECTION_OUTBOUND,
  },
  {
    name: 'modified under the usual magic number',
    magic: 0xa1b2c3d4,
    afterLengths: [...INTERFACE_AND_PROTOCOL, 4, 0],
    format: 'pcap-modified',
    unit: 1000,
    direction: DIRECTION_OUTBOUND,
  },
  { name: 'Nokia', magic: 0xa1b2c3d4, afterLengths: [1, 0xb6, 0xbf, 0x9f], format: 'pcap-nokia', unit: 1000 },
  { name: 'Ixia, hardware', magic: 0x1c0001ac, afterHeader: [1, 2, 3, 4], format: 'pcap-ixia', unit: 1 },
  { name: 'Ixia, software', magic: 0x1c0001ab, afterHeader: [1, 2, 3, 4], format: 'pcap-ixia', unit: 1000 },
  {
    name: 'AIX',
    magic: 0xa1b2c3d4,
    version: [2, 2],
    linkType: 6,
    swapLengths: true,
    format: 'pcap-aix',
    unit: 1,
  },
  { name: 'version 2.2', magic: 0xa1b2c3d4, version: [2, 2], swapLengths: true, format: 'pcap', unit: 1000 },
  { name: 'version 2.3, as it should be', magic: 0xa1b2c3d4, version: [2, 3], format: 'pcap', unit: 1000 },
  {
    name: 'version 2.3 with lengths swapped',
    magic: 0xa1b2c3d4,
    version: [2, 3],
    swapLengths: true,
    format: 'pcap',
    unit: 1000,
  },
  { name: 'DG/UX', magic: 0xa1b2c3d4, version: [543, 0], swapLengths: true, format: 'pcap', unit: 1000 },
  { name: 'with a check sequence', magic: 0xa1b2c3d4, linkType: 0x4400_0001, format: 'pcap', unit: 1000 },
];

for (const variant of VARIANTS) {
  for (const little of [true, false]) {
    // The fields behind the lengths are written in the byte order of little endian machines, whose packet type is one byte.
    test(`${variant.name}, ${little ? 'little' : 'big'} endian`, async () => {
      const { format, baseTime, frames, warnings } = await readCapture(
        family(RECORDS, { ...variant, little }),
      );
      assert.equal(format, variant.format);
      assert.equal(baseTime, 1_700_000_000_000_000_000n + BigInt(5 * variant.unit));
      assert.deepEqual(
        frames.map(({ bytes, originalLength, linkType, direction }) => [
          bytes,
          originalLength,
          linkType,
          direction,
        ]),
        RECORDS.map(({ bytes, original }) => [bytes, original ?? bytes.length, 1, variant.direction ?? 0]),
      );
      assert.deepEqual(
        frames.map(({ time }) => time),
        [0, 1e9 + 2 * variant.unit, 1e9 + 4 * variant.unit],
      );
      assert.deepEqual(warnings, []);
    });
  }
}

test('a frame longer than the snapshot length is a frame', async () => {
  const long = { seconds: 1, fraction: 0, bytes: new Uint8Array(65_600) };
  const { frames, warnings } = await readCapture(
    family([long, { ...long, bytes: [1] }], { magic: 0xa1b2c3d4 }),
  );
  assert.deepEqual(
    frames.map(({ bytes }) => bytes.length),
    [65_600, 1],
  );
  assert.deepEqual(warnings, []);
});
