import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ByteWindow } from '#src/capture/window.js';
import { memorySource } from '../support/read.js';

const MEGABYTE = 1 << 20;

/** Bytes that tell their position. */
const STREAM = Uint8Array.from({ length: 9 * MEGABYTE }, (_, i) => (i * 31 + (i >>> 8)) & 0xff);

test('a window holds as much as one record needs, however large', async () => {
  const window = new ByteWindow(memorySource(STREAM));
  assert.equal(await window.require(7 * MEGABYTE), true);
  assert.ok(window.available >= 7 * MEGABYTE);
  assert.ok(
    Buffer.from(STREAM.buffer, 0, window.available).equals(window.bytes.subarray(0, window.available)),
  );
});

test('the view shows the bytes also after the window has grown and moved', async () => {
  const window = new ByteWindow(memorySource(STREAM));
  await window.require(5 * MEGABYTE);
  window.start += 4 * MEGABYTE + 1;
  while (await window.fill());
  const at = window.start;
  const position = window.position(at);
  assert.equal(position, 4 * MEGABYTE + 1);
  for (let i = 0; i < window.available; i += 4099) {
    assert.equal(window.view.getUint8(at + i), STREAM[position + i]);
    assert.equal(window.bytes[at + i], STREAM[position + i]);
  }
});

test('a window that is consumed as it fills does not grow', async () => {
  const window = new ByteWindow(memorySource(STREAM));
  const size = window.bytes.length;
  let consumed = 0;
  while (await window.fill()) {
    consumed += window.available;
    window.start = window.end;
  }
  assert.equal(consumed, STREAM.length);
  assert.equal(window.position(window.start), STREAM.length);
  assert.equal(window.bytes.length, size);
});

test('asking for more than there is gives what there is, and the end', async () => {
  const window = new ByteWindow(memorySource(STREAM.subarray(0, 10)));
  assert.equal(await window.require(11), false);
  assert.equal(window.available, 10);
  assert.equal(window.ended, true);
  assert.equal(await window.fill(), false);
});
