import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeFrame, decodeNext } from '#src/wire/decode.js';
import {
  Segment,
  STOP_FRAGMENT,
  STOP_MALFORMED,
  STOP_OPAQUE,
  STOP_OTHER_PROTOCOL,
} from '#src/wire/segment.js';
import { type Bytes, join, u16, u32, zeros } from '../support/bytes.js';
import { assertCarries, V4 } from '../support/carried.js';
import { frameOf, stopOf } from '../support/decode.js';
import { ipv4 } from '../support/ip.js';
import { tcp } from '../support/tcp.js';

const IEEE802_11 = 105;
const FORM = { linkType: IEEE802_11 };
const DATA = 0x08;
const QOS_DATA = 0x88;
const TO_DS = 0x01;
const BOTH = 0x03;
const PROTECTED = 0x40;
const ORDER = 0x80;

const llc = (packet: Bytes) =>
  join([0xaa, 0xaa, 3, 0, 0, 0], u16(packet[0] >>> 4 === 6 ? 0x86dd : 0x0800), packet);

interface Header {
  control?: number;
  flags?: number;
  fragment?: number;
  extra?: Bytes;
}

const frame = (body: Bytes, { control = DATA, flags = TO_DS, fragment = 0, extra = [] }: Header = {}) =>
  join([control, flags], zeros(20), [fragment, 0], extra, body);

/** Every form of the header that a data frame may have, with the bytes it adds. */
const HEADERS: readonly Header[] = [
  {},
  { flags: 0x02 },
  { flags: BOTH, extra: zeros(6) },
  { control: QOS_DATA, extra: zeros(2) },
  { control: QOS_DATA, flags: BOTH, extra: zeros(8) },
  { control: QOS_DATA, flags: TO_DS | ORDER, extra: zeros(6) },
];

test('data frames of every form', () => {
  for (const header of HEADERS) assertCarries((packet) => frame(llc(packet), header), FORM);
});

test('what is encrypted is said to be', () => {
  assert.equal(stopOf(frame(llc(V4), { flags: TO_DS | PROTECTED }), FORM), STOP_OPAQUE);
});

test('later fragments, frames without data, management and control', () => {
  assert.equal(stopOf(frame(llc(V4), { fragment: 1 }), FORM), STOP_FRAGMENT);
  for (const control of [0x48, 0xc8, 0x80, 0xb4])
    assert.equal(stopOf(frame(llc(V4), { control }), FORM), STOP_OTHER_PROTOCOL);
});

const subframe = (body: Bytes) =>
  join(zeros(12), u16(body.length), body, zeros((4 - ((14 + body.length) % 4)) % 4));
const aMsdu = (...bodies: readonly Bytes[]) =>
  frame(join(...bodies.map(subframe)), { control: QOS_DATA, extra: [0x80, 0] });

test('A-MSDU: every segment of a frame is found, and nothing twice', () => {
  const bodies = [1, 2, 3].map((seq) => llc(ipv4({ id: seq }, tcp({ seq, payload: zeros(seq) }))));
  const arp = join([0xaa, 0xaa, 3, 0, 0, 0], u16(0x0806), zeros(28));
  const segment = new Segment();
  const seen: number[][] = [];
  const note = () => seen.push([segment.seq, segment.ipId, segment.payloadLength]);
  if (decodeFrame(frameOf(aMsdu(arp, bodies[0], bodies[1], arp, bodies[2]), FORM), segment)) note();
  while (segment.restAt >= 0 && decodeNext(segment)) note();
  assert.deepEqual(seen, [
    [1, 1, 1],
    [2, 2, 2],
    [3, 3, 3],
  ]);
});

test('A-MSDU: a frame without TCP ends', () => {
  assert.equal(stopOf(aMsdu([0x42, 0x42, 3], [0x42, 0x42, 3]), FORM), STOP_OTHER_PROTOCOL);
});

const RADIOTAP = 127;
const little16 = (value: number) => [...u16(value)].reverse();
const little32 = (value: number) => [...u32(value)].reverse();
const radiotap = (words: readonly number[], fields: Bytes, body: Bytes) =>
  join([0, 0], little16(4 + 4 * words.length + fields.length), ...words.map(little32), fields, body);

test('radiotap: headers of any length, and the padding that drivers put behind the 802.11 header', () => {
  const form = { linkType: RADIOTAP };
  assertCarries((packet) => radiotap([0], [], frame(llc(packet))), form);
  assertCarries((packet) => radiotap([0x02], [0x10], frame(llc(packet))), form);
  const padded = (packet: Bytes) => frame(llc(packet), { control: QOS_DATA, extra: zeros(4) });
  assertCarries((packet) => radiotap([0x02], [0x20], padded(packet)), form);
  assertCarries((packet) => radiotap([0x03], join(zeros(8), [0x20]), padded(packet)), form);
  assertCarries((packet) => radiotap([0x8000_0002, 0x8000_0000, 0], [0x20], padded(packet)), form);
  assert.equal(stopOf(join([0, 0], little16(4), zeros(80)), form), STOP_MALFORMED);
});

test('Prism, AVS and PPI', () => {
  const prism = (order: (n: number) => number[]) => (packet: Bytes) =>
    join(order(0x44), order(144), zeros(136), frame(llc(packet)));
  assertCarries(prism(u32), { linkType: 119 });
  assertCarries(prism(little32), { linkType: 119 });
  const avs = (packet: Bytes) => join(u32(0x8021_1001), u32(64), zeros(56), frame(llc(packet)));
  for (const linkType of [119, 163]) assertCarries(avs, { linkType });
  const ppi = (packet: Bytes) => join([0, 0], little16(12), little32(105), zeros(4), frame(llc(packet)));
  assertCarries(ppi, { linkType: 192 });
});
