import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { linkTypeName } from '#src/wire/link/link-type-names.js';
import { PROTOCOLS } from '#src/wire/protocols.js';
import { STOP_NESTED, STOP_NONE } from '#src/wire/segment.js';
import { join, u16, u32, zeros } from '../support/bytes.js';
import { V4, V6 } from '../support/carried.js';
import { decode } from '../support/decode.js';
import { ETHERNET, ethernet } from '../support/link.js';
import { outer, udpTunnel } from '../support/udp.js';

/** A packet may go on in fragments that the frame does not hold; beyond the largest offload nothing is believed. */
const LONGEST_PAYLOAD = 8 * 65_535;

/** Whatever a frame holds: no exception, no hang, nothing claimed that lies outside of it. */
function check(bytes: Uint8Array, linkType: number, snapLength = bytes.length): void {
  const { found, segment } = decode(bytes, { linkType, snapLength });
  assert.ok(segment.stop >= STOP_NONE && segment.stop <= STOP_NESTED);
  assert.equal(found, segment.stop === STOP_NONE);
  if (!found) return;
  const end = 96 + snapLength;
  assert.ok(segment.end <= end && segment.optionsEnd <= end && segment.ipAt >= 96 && segment.ipAt < end);
  assert.ok(segment.outerAt < segment.ipAt && segment.outermostAt <= segment.outerAt);
  assert.ok(segment.flowCookieAt + 4 <= end);
  assert.ok(segment.payloadLength >= 0 && segment.payloadLength <= LONGEST_PAYLOAD);
}

const linkTypes = PROTOCOLS.flatMap(({ linkTypes = [] }) => linkTypes);
const etherTypes = PROTOCOLS.flatMap(({ etherTypes = [] }) => etherTypes);
const ipProtocols = PROTOCOLS.flatMap(({ ipProtocols = [] }) => ipProtocols);
const udpPorts = PROTOCOLS.flatMap(({ udpPorts = [] }) => udpPorts);

test('no number is claimed by two protocols, every link type has its name', () => {
  for (const numbers of [linkTypes, etherTypes, ipProtocols, udpPorts])
    assert.equal(new Set(numbers).size, numbers.length);
  for (const linkType of linkTypes) assert.doesNotMatch(linkTypeName(linkType), /^LINKTYPE_/);
});

const bytes = fc.uint8Array({ maxLength: 120 });
/** Random bytes rarely hold a packet; with one behind them, far more ways are taken. */
const payload = fc.oneof(
  bytes,
  fc
    .tuple(fc.uint8Array({ maxLength: 24 }), fc.constantFrom(V4, V6, ethernet(V4)))
    .map((parts) => join(...parts)),
);

const LAYERS: readonly (readonly [
  name: string,
  frames: fc.Arbitrary<[frame: Uint8Array, linkType: number]>,
])[] = [
  ['link type', fc.tuple(payload, fc.constantFrom(...linkTypes))],
  [
    'EtherType',
    fc
      .tuple(payload, fc.constantFrom(...etherTypes))
      .map(([body, etherType]) => [ethernet(body, { etherType }), ETHERNET]),
  ],
  [
    'IP protocol',
    fc
      .tuple(payload, fc.constantFrom(...ipProtocols))
      .map(([body, protocol]) => [ethernet(outer(protocol, body)), ETHERNET]),
  ],
  [
    'UDP port',
    fc
      .tuple(payload, fc.constantFrom(...udpPorts))
      .map(([body, port]) => [ethernet(udpTunnel(port, body)), ETHERNET]),
  ],
];

for (const [name, frames] of LAYERS) {
  test(`random bytes behind every ${name} never throw, cut or whole`, () => {
    fc.assert(
      fc.property(frames, fc.nat(), ([frame, linkType], cut) => {
        check(frame, linkType);
        check(frame, linkType, frame.length - (cut % (frame.length + 1)));
      }),
      { numRuns: 4000 },
    );
  });
}

const STACK = ethernet(
  udpTunnel(
    4789,
    join([8, 0, 0, 0], zeros(4), ethernet(outer(47, join(u16(0x2000), u16(0x0800), u32(1), V4)))),
  ),
);

test('a stack of tunnels with some bytes changed never throws', () => {
  const change = fc.tuple(fc.nat(), fc.nat({ max: 255 }));
  fc.assert(
    fc.property(fc.array(change, { maxLength: 5 }), (changes) => {
      const frame = STACK.slice();
      for (const [at, value] of changes) frame[at % frame.length] = value;
      check(frame, ETHERNET);
    }),
    { numRuns: 5000 },
  );
});

/** Layers that can follow one another for as long as a frame is: each must come to an end, quickly. */
const ENDLESS: readonly (readonly [name: string, layer: Uint8Array])[] = [
  ['VLAN tags', join(u16(1), u16(0x8100))],
  ['MPLS in Ethernet', join(u32(0x0001_0140), zeros(12), u16(0x8847))],
  ['LLC behind VLAN tags', join(u16(1), u16(1400), [0xaa, 0xaa, 3, 0, 0, 0], u16(0x8100))],
  [
    'PPPoE and MPLS',
    join([0x11, 0], u16(0), u16(60_000), u16(0x0281), u32(0x0001_0140), zeros(12), u16(0x8864)),
  ],
  ['VN-Tags', join(zeros(4), u16(0x8926))],
];
const FIRST_TYPES = [0x8100, 0x8847, 0x8100, 0x8864, 0x8926];

test('layers without end come to one', () => {
  ENDLESS.forEach(([, layer], i) => {
    const frame = ethernet(join(...Array.from({ length: 4000 }, () => layer)), { etherType: FIRST_TYPES[i] });
    check(frame, ETHERNET);
  });
});
