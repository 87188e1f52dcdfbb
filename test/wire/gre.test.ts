import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STOP_MALFORMED, STOP_OTHER_PROTOCOL } from '#src/wire/segment.js';
import { type Bytes, join, u16, u32, zeros } from '../support/bytes.js';
import { assertCarries, V4 } from '../support/carried.js';
import { stopOf } from '../support/decode.js';
import { ethernet } from '../support/link.js';
import { outer, udpTunnel } from '../support/udp.js';

const GRE = 47;
const CHECKSUM = 0x8000;
const ROUTING = 0x4000;
const KEY = 0x2000;
const SEQUENCE = 0x1000;
const ETHERNET_FRAME = 0x6558;

const wordsOf = (flags: number) => [CHECKSUM, KEY, SEQUENCE].filter((bit) => (flags & bit) !== 0).length;
const gre = (flags: number, protocol: number, payload: Bytes) =>
  join(u16(flags), u16(protocol), zeros(4 * wordsOf(flags)), payload);
const carried = (bytes: Bytes) => ethernet(outer(GRE, bytes));
const etherTypeOf = (packet: Bytes) => (packet[0] >>> 4 === 6 ? 0x86dd : 0x0800);
const FORM = { tunnel: 'GRE' };

test('GRE: every combination of checksum, key and sequence', () => {
  for (let bits = 0; bits < 8; bits += 1) {
    const flags = (bits & 4 ? CHECKSUM : 0) | (bits & 2 ? KEY : 0) | (bits & 1 ? SEQUENCE : 0);
    assertCarries((packet) => carried(gre(flags, etherTypeOf(packet), packet)), FORM);
    assertCarries((packet) => carried(gre(flags, ETHERNET_FRAME, ethernet(packet))), FORM);
  }
});

test('GRE: source routes are passed', () => {
  const routes = join(u16(0x0800), [0, 8], zeros(8), zeros(4));
  assertCarries(
    (packet) => carried(join(u16(ROUTING), u16(etherTypeOf(packet)), zeros(4), routes, packet)),
    FORM,
  );
});

test('GRE: PPTP, with and without acknowledgement', () => {
  const ppp = (packet: Bytes) => join([0xff, 3], u16(packet[0] >>> 4 === 6 ? 0x57 : 0x21), packet);
  const pptp = (flags: number, optional: Bytes, frame: Bytes) =>
    join(u16(flags), u16(0x880b), u16(frame.length), u16(1), optional, frame);
  assertCarries((packet) => carried(pptp(0x3001, zeros(4), ppp(packet))), FORM);
  assertCarries((packet) => carried(pptp(0x3081, zeros(8), ppp(packet))), FORM);
});

test('GRE: through UDP', () => {
  assertCarries((packet) => ethernet(udpTunnel(4754, gre(KEY, etherTypeOf(packet), packet))), FORM);
});

test('GRE: what web caches are sent, both versions', () => {
  assertCarries((packet) => carried(gre(0, 0x883e, packet)), { ...FORM, packets: [V4] });
  assertCarries((packet) => carried(gre(0, 0x883e, join([0, 0x80, 1, 0], packet))), FORM);
});

test('GRE: keepalives and unknown versions', () => {
  assert.equal(stopOf(carried(gre(0, 0, []))), STOP_OTHER_PROTOCOL);
  assert.equal(stopOf(carried(gre(2, 0x0800, V4))), STOP_MALFORMED);
});

test('ERSPAN: types I, II and III, with and without subheader', () => {
  const form = { tunnel: 'ERSPAN' };
  assertCarries((packet) => carried(gre(0, 0x88be, ethernet(packet))), form);
  assertCarries((packet) => carried(gre(SEQUENCE, 0x88be, join(zeros(8), ethernet(packet)))), form);
  const header = (type: number, subheader: number) => join(zeros(10), [type << 2, subheader]);
  assertCarries((packet) => carried(gre(SEQUENCE, 0x22eb, join(header(0, 0), ethernet(packet)))), form);
  assertCarries(
    (packet) => carried(gre(SEQUENCE, 0x22eb, join(header(0, 1), zeros(8), ethernet(packet)))),
    form,
  );
  assertCarries((packet) => carried(gre(SEQUENCE, 0x22eb, join(header(2, 0), packet))), form);
});

test('GRE: 802.11 frames of Aruba’s access points', () => {
  const llc = (packet: Bytes) => join([0xaa, 0xaa, 3, 0, 0, 0], u16(etherTypeOf(packet)), packet);
  assertCarries((packet) => carried(gre(0, 0x8200, join([0x08, 0x01], zeros(22), llc(packet)))), FORM);
});

test('MPLS in IP and in UDP', () => {
  const label = u32(0x0001_0140);
  const form = { tunnel: 'MPLS', stops: [1, 3] };
  assertCarries((packet) => ethernet(outer(137, join(label, packet))), form);
  assertCarries((packet) => ethernet(udpTunnel(6635, join(label, packet))), form);
});
