import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DIRECTION_INBOUND, DIRECTION_OUTBOUND, DIRECTION_UNKNOWN } from '#src/capture/frame.js';
import { linkTypeName } from '#src/wire/link/link-type-names.js';
import { STOP_LINK_TYPE, STOP_OTHER_PROTOCOL, STOP_TRUNCATED } from '#src/wire/segment.js';
import { decode, segmentOf, stopOf } from '../support/decode.js';
import { ipv4, ipv6 } from '../support/ip.js';
import * as link from '../support/link.js';
import { tcp } from '../support/tcp.js';

const V4 = ipv4({}, tcp({ seq: 4 }));
const V6 = ipv6({}, tcp({ seq: 6 }));

/** Each link type with a frame of either family, where it can carry it. */
const FRAMES: readonly (readonly [
  name: string,
  linkType: number,
  v4: Uint8Array | null,
  v6: Uint8Array | null,
])[] = [
  ['EN10MB', link.ETHERNET, link.ethernet(V4), link.ethernet(V6)],
  ['LINUX_SLL', link.SLL, link.sll(V4), link.sll(V6)],
  ['LINUX_SLL2', link.SLL2, link.sll2(V4), link.sll2(V6)],
  ['RAW', link.RAW, V4, V6],
  ['IPV4', link.IPV4, V4, null],
  ['IPV6', link.IPV6, null, V6],
];

for (const [name, linkType, v4, v6] of FRAMES) {
  test(`${name}: TCP is found in both IP versions`, () => {
    assert.equal(linkTypeName(linkType), name);
    if (v4 !== null) assert.equal(segmentOf(v4, { linkType }).seq, 4);
    if (v6 !== null) assert.equal(segmentOf(v6, { linkType }).seq, 6);
  });

  test(`${name}: a frame cut anywhere inside its headers is cut, not damaged`, () => {
    for (const frame of [v4, v6]) {
      if (frame === null) continue;
      for (let snapLength = 0; snapLength < frame.length; snapLength += 1)
        assert.equal(stopOf(frame, { linkType, snapLength }), STOP_TRUNCATED, `cut to ${snapLength}`);
    }
  });
}

test('VLAN tags are passed over, one or stacked, of every tag type', () => {
  for (const vlans of [
    [link.VLAN],
    [link.PROVIDER_VLAN, link.VLAN],
    [link.OLD_PROVIDER_VLAN, link.VLAN, link.VLAN],
    Array.from({ length: 12 }, () => link.VLAN),
  ]) {
    assert.equal(segmentOf(link.ethernet(V4, { vlans })).seq, 4);
    assert.equal(segmentOf(link.ethernet(V6, { vlans })).seq, 6);
  }
});

test('a VLAN tag that is cut off is cut', () => {
  const frame = link.ethernet(V4, { vlans: [link.PROVIDER_VLAN, link.VLAN] });
  assert.equal(stopOf(frame, { snapLength: 14 + 4 + 3 }), STOP_TRUNCATED);
});

test('other EtherTypes carry no segment', () => {
  for (const etherType of [0x0806, 0x88cc, 0x0026]) {
    assert.equal(stopOf(link.ethernet(V4, { etherType })), STOP_OTHER_PROTOCOL);
  }
});

test('a link type that is not read is named all the same', () => {
  for (const [linkType, name] of [
    [147, 'USER0'],
    [162, 'USER15'],
    [189, 'USB_LINUX'],
    [9999, 'LINKTYPE_9999'],
  ] as const) {
    assert.equal(stopOf(V4, { linkType }), STOP_LINK_TYPE);
    assert.equal(linkTypeName(linkType), name);
  }
});

test('cooked captures tell whether the capturing host received or sent a frame', () => {
  const directionOf = (frame: Uint8Array, linkType: number) => decode(frame, { linkType }).segment.direction;
  for (const [packetType, direction] of [
    [link.TO_US, DIRECTION_INBOUND],
    [link.FROM_US, DIRECTION_OUTBOUND],
    [3, DIRECTION_UNKNOWN],
  ]) {
    assert.equal(directionOf(link.sll(V4, packetType), link.SLL), direction);
    assert.equal(directionOf(link.sll2(V4, packetType), link.SLL2), direction);
  }
  assert.equal(directionOf(link.ethernet(V4), link.ETHERNET), DIRECTION_UNKNOWN);
});
