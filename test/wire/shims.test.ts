import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STOP_OPAQUE, STOP_OTHER_PROTOCOL, STOP_TRUNCATED } from '#src/wire/segment.js';
import { type Bytes, join, u16, u32, zeros } from '../support/bytes.js';
import { assertCarries, V4 } from '../support/carried.js';
import { segmentOf, stopOf } from '../support/decode.js';
import { ipv6 } from '../support/ip.js';
import { ethernet, VLAN } from '../support/link.js';
import { tcp } from '../support/tcp.js';

const typed = (packet: Bytes) => join(u16(packet[0] >>> 4 === 6 ? 0x86dd : 0x0800), packet);
const shim = (etherType: number, bytes: Bytes) => ethernet(bytes, { etherType });

test('MPLS: labels in any number, before either IP version', () => {
  // Cut short, it does not show any more what follows the labels.
  const stops = [STOP_TRUNCATED, STOP_OTHER_PROTOCOL];
  for (const etherType of [0x8847, 0x8848]) {
    assertCarries((packet) => shim(etherType, join(u32(0x0001_0140), packet)), { stops });
    assertCarries((packet) => shim(etherType, join(u32(0x10040), u32(0x20040), u32(0x30140), packet)), {
      stops,
    });
  }
});

test('MPLS: Ethernet pseudowires, with and without a control word', () => {
  const stops = [STOP_TRUNCATED, STOP_OTHER_PROTOCOL, 4];
  assertCarries((packet) => shim(0x8847, join(u32(0x10140), u32(0), ethernet(packet))), { stops });
  assertCarries((packet) => shim(0x8847, join(u32(0x10140), ethernet(packet, { vlans: [VLAN] }))), { stops });
});

test('MPLS: a frame whose address looks like IP, and an IP address that looks like Ethernet', () => {
  const frame = ethernet(V4);
  for (const first of [0x45, 0x60]) {
    frame.set([first, 0x03, 0x08, 0xa1, 0xb2, 0xc3]);
    assert.equal(segmentOf(shim(0x8847, join(u32(0x10140), frame))).seq, 7_000_000);
  }
  const packet = ipv6({ source: '2001:db8:800::1' }, tcp({ seq: 5 }));
  assert.equal(segmentOf(shim(0x8847, join(u32(0x10140), packet))).seq, 5);
});

test('MPLS: a stack without end is damage', () => {
  assert.equal(stopOf(shim(0x8847, zeros(400))), 4);
});

test('tags and headers between switches are passed', () => {
  assertCarries((packet) => shim(0x8926, join(zeros(4), typed(packet))));
  assertCarries((packet) => shim(0x893f, join(zeros(6), typed(packet))));
  assertCarries((packet) => shim(0x88e7, join(zeros(4), ethernet(packet, { vlans: [VLAN] }))));
  assertCarries((packet) => shim(0x8903, join(u16(0x0040), ethernet(packet))));
  assertCarries((packet) => shim(0x8909, join([1, 1, 0, 1, 0, 9], typed(packet))));
  assertCarries((packet) => shim(0x22f3, join(zeros(6), ethernet(packet))));
  assertCarries((packet) => shim(0x22f3, join(u16(0x0080), zeros(4), zeros(8), ethernet(packet))));
});

test('Cisco MetaData of another form is not guessed at', () => {
  assert.equal(stopOf(shim(0x8909, join([2, 1, 0, 1, 0, 9], typed(V4)))), STOP_OTHER_PROTOCOL);
});

test('NSH: each next protocol', () => {
  const nsh = (next: number, words: number, inner: Bytes) =>
    join(u16(0x0fc0 | words), [1, next], zeros(words * 4 - 4), inner);
  assertCarries((packet) => shim(0x894f, nsh(packet[0] >>> 4 === 6 ? 2 : 1, 6, packet)));
  assertCarries((packet) => shim(0x894f, nsh(3, 2, ethernet(packet))));
  assertCarries((packet) => shim(0x894f, nsh(4, 2, nsh(3, 2, ethernet(packet)))));
  assertCarries((packet) => shim(0x894f, nsh(5, 2, join(u32(0x10140), packet))), { stops: [1, 3] });
});

test('MACsec is said to be unreadable', () => {
  assert.equal(stopOf(shim(0x88e5, join(zeros(14), V4))), STOP_OPAQUE);
});
