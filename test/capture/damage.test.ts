import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pcap } from '../support/pcap.js';
import { readPcap } from '../support/read.js';

const THREE = pcap([{ bytes: [1, 2, 3, 4] }, { bytes: [5, 6] }, { bytes: [7, 8, 9] }]);
const THIRD_AT = 24 + 20 + 18;

test('a capture cut inside a frame gives what is whole and names the frame and the byte', async () => {
  const { frames, warnings } = await readPcap(THREE.subarray(0, THREE.length - 1));
  assert.equal(frames.length, 2);
  assert.deepEqual(warnings, [
    {
      code: 'truncated',
      message:
        'the capture ends inside frame 3 (18 bytes of it are left, at byte 62); everything before was analysed',
      frame: 3,
      byteOffset: THIRD_AT,
    },
  ]);
});

test('a capture cut inside a record header is cut inside that frame', async () => {
  const { frames, warnings } = await readPcap(THREE.subarray(0, THIRD_AT + 15));
  assert.equal(frames.length, 2);
  assert.deepEqual(
    warnings.map(({ code, frame, byteOffset }) => [code, frame, byteOffset]),
    [['truncated', 3, THIRD_AT]],
  );
});

test('a capture cut between two frames is whole', async () => {
  const { frames, warnings } = await readPcap(THREE.subarray(0, THIRD_AT));
  assert.equal(frames.length, 2);
  assert.deepEqual(warnings, []);
});

for (const claim of [262_145, 0x800_0001, 0xffff_ffff]) {
  test(`a record that claims ${claim} bytes is skipped, with a warning`, async () => {
    const records = [{ bytes: [1, 2] }, { bytes: [3], capturedLength: claim }, { bytes: [4] }];
    const { frames, warnings } = await readPcap(pcap(records));
    assert.deepEqual(
      frames.map(({ bytes }) => bytes),
      [[1, 2], [4]],
    );
    assert.equal(warnings.length, 1);
    const [{ code, message, frame, byteOffset }] = warnings;
    assert.deepEqual([code, frame, byteOffset], ['impossible-length', 2, 42]);
    assert.match(message, new RegExp(`^frame 2 at byte 42 claims ${claim} bytes, more than .*damaged`));
  });
}

test('the longest frame that a network has is no damage', async () => {
  const { frames, warnings } = await readPcap(pcap([{ bytes: new Uint8Array(262_144) }, { bytes: [1] }]));
  assert.deepEqual(
    frames.map(({ bytes }) => bytes.length),
    [262_144, 1],
  );
  assert.deepEqual(warnings, []);
});

test('wherever a capture is cut, the frames before the cut stay the same', async () => {
  const whole = await readPcap(THREE);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 24, max: THREE.length }), async (length) => {
      const { frames, warnings } = await readPcap(THREE.subarray(0, length));
      assert.deepEqual(frames, whole.frames.slice(0, frames.length));
      const ends = [24, 44, THIRD_AT, THREE.length];
      assert.equal(warnings.length, ends.includes(length) ? 0 : 1);
    }),
  );
});

test('no bytes after the file header make the reader throw or run on', async () => {
  const header = pcap([]);
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      const file = new Uint8Array([...header, ...bytes]);
      const { frames } = await readPcap(file);
      assert.ok(frames.length <= bytes.length / 16);
    }),
  );
});
