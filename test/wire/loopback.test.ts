import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STOP_OTHER_PROTOCOL } from '#src/wire/segment.js';
import { join, u32 } from '../support/bytes.js';
import { assertCarries, V4, V6 } from '../support/carried.js';
import { stopOf } from '../support/decode.js';

const NULL = 0;
const LOOP = 108;
const ENC = 109;
const big = (family: number) => u32(family);
const little = (family: number) => [...u32(family)].reverse();

test('NULL and LOOP: the family is read in both byte orders, with the numbers of every BSD', () => {
  for (const linkType of [NULL, LOOP]) {
    for (const order of [big, little]) {
      assertCarries((packet) => join(order(2), packet), { linkType, packets: [V4] });
      for (const family of [24, 28, 30, 10])
        assertCarries((packet) => join(order(family), packet), { linkType, packets: [V6] });
    }
  }
});

test('NULL: other families carry no segment', () => {
  for (const family of [0, 7, 0xffff_ffff])
    assert.equal(stopOf(join(big(family), V4), { linkType: NULL }), STOP_OTHER_PROTOCOL);
});

test('ENC: flags and index stand between the family and the packet', () => {
  for (const order of [big, little]) {
    const header = (family: number) => join(order(family), u32(0x1234), u32(0x0400));
    assertCarries((packet) => join(header(2), packet), { linkType: ENC, packets: [V4] });
    assertCarries((packet) => join(header(24), packet), { linkType: ENC, packets: [V6] });
  }
});
