import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMptcpReset, readWindowScale } from '#src/wire/tcp-options.js';
import type { Bytes } from '../support/bytes.js';
import { segmentOf } from '../support/decode.js';
import { ipv4 } from '../support/ip.js';
import { RAW } from '../support/link.js';
import { END_OF_OPTIONS, maximumSegmentSize, NOP, tcp, timestamps, windowScale } from '../support/tcp.js';

const withOptions = (options: readonly Bytes[], snapLength = 80) => {
  const packet = ipv4({}, tcp({ flags: 'S', options }));
  return segmentOf(packet, { linkType: RAW, snapLength: Math.min(packet.length, snapLength) });
};

/** The window scale and the timestamp of a segment with these options. */
const read = (options: readonly Bytes[], snapLength?: number) => {
  const segment = withOptions(options, snapLength);
  return [readWindowScale(segment), segment.hasTimestamp ? segment.timestamp : null];
};

test('options are found in any order, behind others and behind padding', () => {
  assert.deepEqual(read([windowScale(7), NOP, timestamps(0xffff_fffe)]), [7, 0xffff_fffe]);
  assert.deepEqual(read([maximumSegmentSize(1460), [4, 2], timestamps(1), NOP, windowScale(14)]), [14, 1]);
  assert.deepEqual(read([[254, 6, 1, 2, 3, 4], NOP, NOP, windowScale(0)]), [0, null]);
});

test('options that are not there are not found', () => {
  assert.deepEqual(read([]), [-1, null]);
  assert.deepEqual(read([maximumSegmentSize(1460)]), [-1, null]);
});

test('nothing counts after the end of the list', () => {
  assert.deepEqual(read([NOP, END_OF_OPTIONS, windowScale(7), timestamps(1)]), [-1, null]);
});

test('an option whose length cannot be ends the list', () => {
  assert.deepEqual(read([[99, 0], windowScale(7)]), [-1, null]);
  assert.deepEqual(read([[99, 1], timestamps(1)]), [-1, null]);
  assert.deepEqual(read([[99, 40], timestamps(1)]), [-1, null]);
});

test('an option shorter than its kind has is not read', () => {
  assert.deepEqual(
    read([
      [3, 2],
      [8, 9, 0, 0, 0, 1, 0, 0, 0],
    ]),
    [-1, null],
  );
});

test('an option that the snapshot length cuts is not read, those before it are', () => {
  const options = [windowScale(7), NOP, timestamps(1)];
  const whole = 20 + 20 + 14;
  for (let snapLength = 40; snapLength < whole; snapLength += 1)
    assert.deepEqual(read(options, snapLength), [snapLength < 43 ? -1 : 7, null]);
  assert.deepEqual(read(options, whole), [7, 1]);
});

test('a kind at the very end, without its length, is not read', () => {
  assert.deepEqual(read([NOP, NOP, NOP, [8]]), [-1, null]);
});

test('the reason of MP_TCPRST is found behind other options of MPTCP, and only where it is whole', () => {
  const reset = [30, 4, 0x80, 2];
  const reason = (options: readonly Bytes[], snapLength?: number) =>
    readMptcpReset(withOptions(options, snapLength));
  assert.equal(reason([reset]), 2);
  assert.equal(reason([[30, 3, 0x50], NOP, [30, 12, 0x70, 0, 1, 2, 3, 4, 5, 6, 7, 8], reset]), 2);
  assert.equal(reason([[30, 5, 0x80, 2, 0]]), -1);
  assert.equal(reason([[30, 4, 0x10, 2]]), -1);
  assert.equal(reason([END_OF_OPTIONS, reset]), -1);
  assert.equal(reason([[30, 0, 0x80, 2]]), -1);
  assert.deepEqual(
    [41, 42, 43, 44].map((snapLength) => reason([reset], snapLength)),
    [-1, -1, -1, 2],
  );
});
