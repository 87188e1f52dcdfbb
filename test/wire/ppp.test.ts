import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DIRECTION_INBOUND, DIRECTION_OUTBOUND } from '#src/capture/frame.js';
import { STOP_OPAQUE, STOP_OTHER_PROTOCOL } from '#src/wire/segment.js';
import { type Bytes, join, u16, u32 } from '../support/bytes.js';
import { assertCarries, V4 } from '../support/carried.js';
import { segmentOf, stopOf } from '../support/decode.js';
import { ethernet } from '../support/link.js';

const PPP = 9;
const PPP_HDLC = 50;
const PPP_ETHER = 51;
const PPP_WITH_DIR = 204;
const protocolOf = (packet: Bytes) => (packet[0] >>> 4 === 6 ? 0x57 : 0x21);
const long = (packet: Bytes) => join(u16(protocolOf(packet)), packet);
const short = (packet: Bytes) => join([protocolOf(packet)], packet);
const framed = (frame: Bytes) => join([0xff, 0x03], frame);

test('PPP: address, control and half of the protocol number may be left out', () => {
  for (const number of [long, short]) {
    assertCarries((packet) => framed(number(packet)), { linkType: PPP });
    assertCarries(number, { linkType: PPP });
  }
});

test('PPP: the link type with a direction has it in front', () => {
  assertCarries((packet) => join([1], framed(long(packet))), { linkType: PPP_WITH_DIR });
  const directionOf = (byte: number) =>
    segmentOf(join([byte], framed(long(V4))), { linkType: PPP_WITH_DIR }).direction;
  assert.deepEqual([directionOf(0), directionOf(1)], [DIRECTION_INBOUND, DIRECTION_OUTBOUND]);
});

test('PPP: labels are followed', () => {
  const labels = u32(0x0001_0140);
  assertCarries((packet) => framed(join(u16(0x0281), labels, packet)), { linkType: PPP, stops: [3, 1] });
});

test('PPP: compressed and encrypted datagrams are said to be unreadable', () => {
  for (const protocol of [0x002d, 0x002f, 0x0053, 0x00fd])
    assert.equal(stopOf(framed(join(u16(protocol), V4)), { linkType: PPP }), STOP_OPAQUE);
  assert.equal(stopOf(framed(join(u16(0xc021), V4)), { linkType: PPP }), STOP_OTHER_PROTOCOL);
});

test('PPP_HDLC: PPP and Cisco’s HDLC are told apart', () => {
  const cisco = (packet: Bytes) => join([0x0f, 0], u16(packet[0] >>> 4 === 6 ? 0x86dd : 0x0800), packet);
  assertCarries((packet) => framed(long(packet)), { linkType: PPP_HDLC });
  assertCarries(cisco, { linkType: PPP_HDLC });
});

const session = (frame: Bytes, length = frame.length) => join([0x11, 0], u16(77), u16(length), frame);

test('PPPoE: sessions are followed, on Ethernet and as a link type', () => {
  assertCarries((packet) => ethernet(session(long(packet)), { etherType: 0x8864 }));
  assertCarries((packet) => session(long(packet)), { linkType: PPP_ETHER });
});
