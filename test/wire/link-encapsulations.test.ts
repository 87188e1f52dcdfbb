import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STOP_FRAGMENT, STOP_MALFORMED, STOP_OTHER_PROTOCOL } from '#src/wire/segment.js';
import { type Bytes, join, u16, u32, zeros } from '../support/bytes.js';
import { assertCarries, V4, V6 } from '../support/carried.js';
import { stopOf } from '../support/decode.js';
import { ethernet, SLL, VLAN } from '../support/link.js';

const etherTypeOf = (packet: Bytes) => (packet[0] >>> 4 === 6 ? 0x86dd : 0x0800);
const typed = (packet: Bytes) => join(u16(etherTypeOf(packet)), packet);
const snap = (packet: Bytes) => join([0xaa, 0xaa, 3, 0, 0, 0], typed(packet));

test('802.3: the length field stands where the EtherType would, LLC and SNAP follow', () => {
  assertCarries((packet) => ethernet(snap(packet), { etherType: snap(packet).length }));
  assertCarries((packet) => ethernet(snap(packet), { etherType: snap(packet).length, vlans: [VLAN] }));
});

test('LLC: IP without SNAP, bridged Ethernet, and as a link type', () => {
  const llc = (packet: Bytes) => join([6, 6, 3], packet);
  assertCarries((packet) => ethernet(llc(packet), { etherType: llc(packet).length }), { packets: [V4] });
  assertCarries((packet) => join([0xaa, 0xaa, 3, 0, 0x80, 0xc2, 0, 7, 0, 0], ethernet(packet)), {
    linkType: 100,
  });
  assertCarries(snap, { linkType: 106 });
});

test('LLC: other services carry no segment', () => {
  for (const head of [
    [0x42, 0x42, 3],
    [0xaa, 0xaa, 3, 0, 0, 0x0c],
    [6, 6, 0],
  ])
    assert.equal(stopOf(ethernet(join(head, zeros(60)), { etherType: 60 })), STOP_OTHER_PROTOCOL);
});

test('Linux cooked: frames without an EtherType begin with LLC', () => {
  const cooked = (packet: Bytes) => join(u16(0), u16(1), u16(6), zeros(8), u16(4), snap(packet));
  assertCarries(cooked, { linkType: SLL });
});

test('Cisco HDLC', () => {
  for (const address of [0x0f, 0x8f])
    assertCarries((packet) => join([address, 0], typed(packet)), { linkType: 104 });
  assert.equal(stopOf(join([0x42, 0], typed(V4)), { linkType: 104 }), STOP_OTHER_PROTOCOL);
});

test('frame relay: identifiers, SNAP and Cisco’s EtherType behind addresses of any length', () => {
  const identifier = (packet: Bytes) => [packet[0] >>> 4 === 6 ? 0x8e : 0xcc];
  for (const address of [
    [0x18, 0x41],
    [0x18, 0x40, 0x41],
    [0x18, 0x40, 0x40, 0x41],
  ]) {
    const form = { linkType: 107 };
    assertCarries((packet) => join(address, [3], identifier(packet), packet), form);
    assertCarries((packet) => join(address, [3, 0], identifier(packet), packet), form);
    assertCarries((packet) => join(address, [3, 0, 0x80, 0, 0, 0], typed(packet)), form);
    assertCarries((packet) => join(address, typed(packet)), form);
  }
});

test('FDDI: LLC frames only', () => {
  assertCarries((packet) => join([0x50], zeros(12), snap(packet)), { linkType: 10 });
  assert.equal(stopOf(join([0x41], zeros(12), snap(V4)), { linkType: 10 }), STOP_OTHER_PROTOCOL);
});

test('ARCnet: old and new header, by BSD and by Linux', () => {
  const code = (packet: Bytes) => (packet[0] >>> 4 === 6 ? 196 : 212);
  for (const [linkType, addresses] of [
    [7, [1, 2]],
    [129, [1, 2, 0, 0]],
  ] as const) {
    assertCarries((packet) => join(addresses, [code(packet), 0, 0, 9], packet), { linkType });
    assertCarries((packet) => join(addresses, [240], packet), { linkType, packets: [V4] });
    assert.equal(stopOf(join(addresses, [212, 2, 0, 9], V4), { linkType }), STOP_FRAGMENT);
  }
});

test('raw IP under the numbers that some systems gave it', () => {
  for (const linkType of [12, 14, 101]) assertCarries((packet) => packet, { linkType });
});

test('IPv6 that was announced as IPv4 is read as what it is', () => {
  assertCarries((packet) => ethernet(packet, { etherType: 0x0800 }));
});

const PFLOG = 117;
const pflog = (packet: Bytes, length = 61) =>
  join([length, packet[0] >>> 4 === 6 ? 24 : 2], zeros(Math.ceil(length / 4) * 4 - 2), packet);

test('PFLOG: headers of any length are passed', () => {
  for (const length of [48, 61, 64, 100])
    assertCarries((packet) => pflog(packet, length), { linkType: PFLOG });
  assert.equal(stopOf(pflog(V4, 8), { linkType: PFLOG }), STOP_MALFORMED);
});

const NFLOG = 239;
const field = (type: number, value: Bytes, order: (n: number) => number[]) =>
  join(order(4 + value.length), order(type), value, zeros((4 - (value.length % 4)) % 4));
const little = (value: number) => [...u16(value)].reverse();

test('NFLOG: fields of both byte orders, the payload last', () => {
  for (const order of [u16, little]) {
    const fields = [field(1, zeros(4), order), field(10, [0x41, 0], order), field(5, u32(3), order)];
    const build = (packet: Bytes) =>
      join([packet[0] >>> 4 === 6 ? 10 : 2, 0, 0, 1], ...fields, field(9, packet, order));
    assertCarries(build, { linkType: NFLOG });
  }
});

test('NFLOG: fields that cannot be, or no payload', () => {
  assert.equal(stopOf(join([2, 0, 0, 1], [0, 0, 0, 0], zeros(60)), { linkType: NFLOG }), STOP_MALFORMED);
  assert.equal(
    stopOf(join([2, 0, 0, 1], field(1, zeros(4), little)), { linkType: NFLOG }),
    STOP_OTHER_PROTOCOL,
  );
});

const ERF = 197;
const erf = (type: number, body: Bytes, wire = body.length) =>
  join(zeros(8), [type, 0], u16(16 + body.length), u16(0), u16(wire), body);

test('ERF: Ethernet and IP records, extension headers passed', () => {
  assertCarries((packet) => erf(2, join(zeros(2), ethernet(packet))), { linkType: ERF });
  assertCarries((packet) => erf(packet[0] >>> 4 === 6 ? 23 : 22, packet), { linkType: ERF });
  assertCarries((packet) => erf(0x82, join([0x83], zeros(7), [3], zeros(7), zeros(2), ethernet(packet))), {
    linkType: ERF,
    stops: [1, 3],
  });
  assert.equal(stopOf(erf(1, V6), { linkType: ERF }), STOP_OTHER_PROTOCOL);
});
