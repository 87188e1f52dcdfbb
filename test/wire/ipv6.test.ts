import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STOP_FRAGMENT, STOP_MALFORMED, STOP_OTHER_PROTOCOL, STOP_TRUNCATED } from '#src/wire/segment.js';
import { ipv6Bytes } from '../support/address.js';
import { zeros } from '../support/bytes.js';
import { segmentOf, stopOf } from '../support/decode.js';
import { authentication, type ExtensionHeader, fragment, ipv6, options, UDP } from '../support/ip.js';
import { IPV6 } from '../support/link.js';
import { tcp } from '../support/tcp.js';

const FORM = { linkType: IPV6 };
const SEGMENT = tcp({ payload: zeros(10) });
const HOP_BY_HOP = options(0);
const ROUTING = options(43, 2);
const DESTINATION = options(60, 1);
const MOBILITY = options(135);

test('the fields of the header are read', () => {
  const packet = ipv6(
    {
      source: '2001:db8::a',
      destination: 'fe80::1:2',
      hopLimit: 255,
      trafficClass: 0xb8,
      flowLabel: 0xfedcb,
    },
    SEGMENT,
  );
  const { bytes, sourceAt, destinationAt, ...segment } = segmentOf(packet, FORM);
  assert.deepEqual([...bytes.subarray(sourceAt, sourceAt + 16)], ipv6Bytes('2001:db8::a'));
  assert.deepEqual([...bytes.subarray(destinationAt, destinationAt + 16)], ipv6Bytes('fe80::1:2'));
  assert.deepEqual(
    [segment.ipVersion, segment.ttl, segment.ipId, segment.tos, segment.flowLabel, segment.payloadLength],
    [6, 255, -1, 0xb8, 0xfedcb, 10],
  );
});

/** Chains of extension headers that end in TCP. */
const CHAINS: readonly (readonly [name: string, extensions: readonly ExtensionHeader[]])[] = [
  ['hop-by-hop options', [HOP_BY_HOP]],
  ['routing', [ROUTING]],
  ['destination options', [DESTINATION]],
  ['mobility', [MOBILITY]],
  ['authentication, which counts in other units', [authentication]],
  ['a first fragment', [fragment(0, true)]],
  ['a fragment that is alone', [fragment(0, false)]],
  ['many', [HOP_BY_HOP, DESTINATION, ROUTING, fragment(0, true), authentication, DESTINATION]],
];

for (const [name, extensions] of CHAINS) {
  test(`extension headers are passed over: ${name}`, () => {
    const { seq, payloadLength } = segmentOf(ipv6({ extensions }, SEGMENT), FORM);
    assert.deepEqual([seq, payloadLength], [1000, 10]);
  });

  test(`a frame cut inside its extension headers is cut: ${name}`, () => {
    const packet = ipv6({ extensions }, SEGMENT);
    for (let snapLength = 40; snapLength < packet.length - SEGMENT.length; snapLength += 1)
      assert.equal(stopOf(packet, { ...FORM, snapLength }), STOP_TRUNCATED);
  });
}

test('a later fragment has no segment, and is no damage', () => {
  const packet = ipv6({ extensions: [HOP_BY_HOP, fragment(1448, false)] }, zeros(100));
  assert.equal(stopOf(packet, FORM), STOP_FRAGMENT);
});

test('a later fragment of another protocol is not one of TCP', () => {
  const packet = ipv6({ extensions: [fragment(1448, true)], protocol: UDP }, zeros(100));
  assert.equal(stopOf(packet, FORM), STOP_OTHER_PROTOCOL);
});

test('a payload length of 0 leaves the length to the frame', () => {
  assert.equal(segmentOf(ipv6({ payloadLength: 0 }, SEGMENT), FORM).payloadLength, 10);
});

test('a chain of extension headers without end is damage', () => {
  const endless = Array.from({ length: 200 }, () => HOP_BY_HOP);
  assert.equal(stopOf(ipv6({ extensions: endless }, SEGMENT), FORM), STOP_MALFORMED);
});

test('an extension header longer than its packet is damage', () => {
  const packet = ipv6({ extensions: [options(60, 20)], payloadLength: 100 }, SEGMENT);
  assert.equal(stopOf(packet, FORM), STOP_MALFORMED);
});

test('other protocols carry no segment, with and without extension headers', () => {
  assert.equal(stopOf(ipv6({ protocol: 58 }, zeros(30)), FORM), STOP_OTHER_PROTOCOL);
  assert.equal(
    stopOf(ipv6({ extensions: [HOP_BY_HOP], protocol: 59 }, zeros(30)), FORM),
    STOP_OTHER_PROTOCOL,
  );
});
