import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  STOP_FRAGMENT,
  STOP_MALFORMED,
  STOP_OPAQUE,
  STOP_OTHER_PROTOCOL,
  STOP_TRUNCATED,
} from '#src/wire/segment.js';
import { type Bytes, join, u16, u32, zeros } from '../support/bytes.js';
import { assertCarries, V4, V6 } from '../support/carried.js';
import { segmentOf, stopOf } from '../support/decode.js';
import { UDP } from '../support/ip.js';
import { ethernet } from '../support/link.js';
import { OUTER_TTL, outer, udp, udpTunnel } from '../support/udp.js';

const isV6 = (packet: Bytes) => packet[0] >>> 4 === 6;
const etherTypeOf = (packet: Bytes) => (isV6(packet) ? 0x86dd : 0x0800);
const over = (port: number, payload: Bytes) => ethernet(udpTunnel(port, payload));
/** Told by what follows: cut short, it may look like something else. */
const GUESSED = [STOP_TRUNCATED, STOP_OTHER_PROTOCOL];

test('VXLAN, on both ports, with a group policy, and answers by source port', () => {
  const header = join([8, 0, 0, 0], u32(100 << 8));
  const form = { tunnel: 'VXLAN' };
  for (const port of [4789, 8472])
    assertCarries((packet) => over(port, join(header, ethernet(packet))), form);
  const policy = join([0x88, 0x40, 0, 9], u32(100 << 8));
  assertCarries((packet) => over(4789, join(policy, ethernet(packet))), form);
  assertCarries((packet) => ethernet(udpTunnel(9999, join(header, ethernet(packet)), 4789)), form);
  assert.equal(stopOf(over(4789, join(zeros(8), ethernet(V4)))), STOP_OTHER_PROTOCOL);
});

test('VXLAN-GPE: each next protocol, and Ethernet without one', () => {
  const gpe = (flags: number, next: number) => [flags, 0, 0, next, 0, 0, 1, 0];
  const form = { tunnel: 'VXLAN-GPE' };
  assertCarries((packet) => over(4790, join(gpe(0x0c, isV6(packet) ? 2 : 1), packet)), form);
  assertCarries((packet) => over(4790, join(gpe(0x0c, 3), ethernet(packet))), form);
  assertCarries(
    (packet) => over(4790, join(gpe(0x0c, 4), [0x0f, 0xc2, 1, 3], zeros(4), ethernet(packet))),
    form,
  );
  assertCarries((packet) => over(4790, join(gpe(0x08, 0), ethernet(packet))), form);
  assert.equal(stopOf(over(4790, join(gpe(0x0d, 1), V4))), STOP_OTHER_PROTOCOL);
});

const option = (group: number, type: number, value: Bytes) =>
  join(u16(group), [type, value.length / 4], value);
const geneve = (options: Bytes, type: number, payload: Bytes) =>
  join([options.length / 4, 0], u16(type), u32(7 << 8), options, payload);

test('Geneve: Ethernet and IP inside, any options', () => {
  const form = { tunnel: 'Geneve' };
  for (const options of [[], option(0x0103, 1, zeros(16)), zeros(63 * 4)]) {
    assertCarries((packet) => over(6081, geneve(options, 0x6558, ethernet(packet))), form);
    assertCarries((packet) => over(6081, geneve(options, etherTypeOf(packet), packet)), form);
  }
  assert.equal(stopOf(over(6081, join([0x40], zeros(7), V4))), STOP_OTHER_PROTOCOL);
});

test('Geneve: the flow cookie of a Gateway Load Balancer is found among its options', () => {
  const cookie = option(0x0108, 3, u32(0xdead_beef));
  const endpoints = join(option(0x0108, 1, zeros(8)), option(0x0108, 2, zeros(8)));
  const { bytes, flowCookieAt } = segmentOf(over(6081, geneve(join(endpoints, cookie), 0x0800, V4)));
  assert.deepEqual([...bytes.subarray(flowCookieAt, flowCookieAt + 4)], u32(0xdead_beef));
  for (const options of [endpoints, option(0x0109, 3, u32(1)), option(0x0108, 3, []), []])
    assert.equal(segmentOf(over(6081, geneve(options, 0x0800, V4))).flowCookieAt, -1);
});

test('GUE: both versions, private data, GitHub’s port; control messages are none', () => {
  const gue = (words: number, packet: Bytes) =>
    join([words, isV6(packet) ? 41 : 4, 0, 0], zeros(words * 4), packet);
  for (const port of [6080, 19_523])
    for (const words of [0, 3]) assertCarries((packet) => over(port, gue(words, packet)), { tunnel: 'GUE' });
  assertCarries((packet) => over(6080, packet), { tunnel: 'GUE' });
  assert.equal(stopOf(over(6080, join([0x20, 1, 0, 0], V4))), STOP_OTHER_PROTOCOL);
});

test('FOU: only a packet that fills the datagram', () => {
  for (const packet of [V4, V6]) {
    const { bytes, outerAt } = segmentOf(over(5555, packet));
    assert.equal(bytes[outerAt + 8], OUTER_TTL);
    assert.equal(stopOf(over(5555, join(packet, [0]))), STOP_OTHER_PROTOCOL);
  }
});

test('GTP-U: optional fields and extension headers', () => {
  const gtp = (flags: number, rest: Bytes, type = 255) =>
    join([0x30 | flags, type], u16(rest.length), u32(1), rest);
  const form = { tunnel: 'GTP-U' };
  assertCarries((packet) => over(2152, gtp(0, packet)), form);
  for (const flags of [1, 2, 3])
    assertCarries((packet) => over(2152, gtp(flags, join(zeros(4), packet))), form);
  const extensions = join([0, 1, 0, 0x85], [1, 0, 0, 0xc0], [2], zeros(6), [0]);
  assertCarries((packet) => over(2152, gtp(4, join(extensions, packet))), form);
  assert.equal(stopOf(over(2152, gtp(0, V4, 1))), STOP_OTHER_PROTOCOL);
  assert.equal(stopOf(over(2152, gtp(4, join([0, 1, 0, 0x85, 0, 0, 0, 0x85], V4)))), STOP_MALFORMED);
});

test('L2TP version 2: every combination of its fields', () => {
  const ppp = (packet: Bytes) => join([0xff, 3], u16(isV6(packet) ? 0x57 : 0x21), packet);
  const build = (length: boolean, sequence: boolean, offset: boolean) => (packet: Bytes) => {
    const flags = 2 | (length ? 0x4000 : 0) | (sequence ? 0x0800 : 0) | (offset ? 0x0200 : 0);
    const rest = join(u32(1), sequence ? u32(5) : [], offset ? join(u16(3), zeros(3)) : [], ppp(packet));
    return over(1701, join(u16(flags), length ? u16(rest.length + 4) : [], rest));
  };
  for (let bits = 0; bits < 8; bits += 1)
    assertCarries(build((bits & 4) !== 0, (bits & 2) !== 0, (bits & 1) !== 0), { tunnel: 'L2TP' });
  assert.equal(stopOf(over(1701, join(u16(0xc802), zeros(60)))), STOP_OTHER_PROTOCOL);
});

test('L2TP version 3: Ethernet behind cookies of any length, on IP and on UDP', () => {
  const form = { tunnel: 'L2TP', stops: GUESSED };
  for (const cookie of [0, 4, 8, 12]) {
    const session = (packet: Bytes) => join(u32(77), zeros(cookie).fill(0xee), ethernet(packet));
    assertCarries((packet) => ethernet(outer(115, session(packet))), form);
    assertCarries((packet) => over(1701, join(u16(3), u16(0), session(packet))), form);
  }
  assert.equal(stopOf(ethernet(outer(115, join(u32(0), ethernet(V4))))), STOP_OTHER_PROTOCOL);
});

test('Teredo: indications in front', () => {
  const form = { tunnel: 'Teredo', packets: [V6] };
  const origin = join([0, 0], u16(1), u32(2));
  const authentication = join([0, 1, 2, 3], zeros(5), zeros(9));
  for (const indications of [[], origin, authentication, join(authentication, origin)])
    assertCarries((packet) => over(3544, join(indications, packet)), form);
  assert.equal(stopOf(over(3544, V4)), STOP_OTHER_PROTOCOL);
});

const capwap = (binding: number, flags: number, offset: number, payload: Bytes) =>
  join([0, 2 << 3, binding, flags], u16(9), u16(offset), payload);

test('CAPWAP: Ethernet and 802.11 frames; encrypted, keepalives and later fragments are none', () => {
  const form = { tunnel: 'CAPWAP' };
  const llc = (packet: Bytes) => join([0xaa, 0xaa, 3, 0, 0, 0], u16(etherTypeOf(packet)), packet);
  const wlan = (packet: Bytes) => join([0x01, 0x08], zeros(20), [0x76, 0x30], llc(packet));
  assertCarries((packet) => over(5247, capwap(0x02, 0, 0, ethernet(packet))), form);
  assertCarries((packet) => over(5247, capwap(0x03, 0, 0, wlan(packet))), form);
  assert.equal(stopOf(over(5247, join([1], zeros(40)))), STOP_OPAQUE);
  assert.equal(stopOf(over(5247, capwap(0x02, 0x08, 0, ethernet(V4)))), STOP_OTHER_PROTOCOL);
  assert.equal(stopOf(over(5247, capwap(0x02, 0x80, 0x40, ethernet(V4)))), STOP_FRAGMENT);
});

test('TZSP: tags before the frame', () => {
  const tzsp = (tags: Bytes, frame: Bytes) => join([1, 0, 0, 1], tags, [1], frame);
  for (const tags of [[], [0, 0], join([0x0a, 1, 9], [0], [0x28, 4], zeros(4))])
    assertCarries((packet) => over(37_008, tzsp(tags, ethernet(packet))), { tunnel: 'TZSP' });
  assert.equal(stopOf(over(37_008, join([1, 0, 0, 1], zeros(200)))), STOP_MALFORMED);
  assert.equal(stopOf(over(37_008, join([1, 4, 0, 1, 1], ethernet(V4)))), STOP_OTHER_PROTOCOL);
});

test('AYIYA and LISP', () => {
  const ayiya = (packet: Bytes) =>
    join([0x41, 0x52, 0x11, isV6(packet) ? 41 : 4], zeros(4 + 16 + 20), packet);
  assertCarries((packet) => over(5072, ayiya(packet)), { tunnel: 'AYIYA' });
  assertCarries((packet) => over(4341, join(zeros(8), packet)), { tunnel: 'LISP' });
});

test('UDP of no tunnel carries no segment, and a length that lies is bounded by the packet', () => {
  assert.equal(stopOf(over(53, V4)), STOP_OTHER_PROTOCOL);
  const vxlan = join([8, 0, 0, 0], zeros(4), ethernet(V4));
  for (const length of [0, 7, 65_535])
    assert.equal(segmentOf(ethernet(outer(UDP, udp(4789, vxlan, { length })))).payloadLength, 25);
});
