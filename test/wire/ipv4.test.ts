import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STOP_FRAGMENT, STOP_MALFORMED, STOP_OTHER_PROTOCOL } from '#src/wire/segment.js';
import { zeros } from '../support/bytes.js';
import { segmentOf, stopOf } from '../support/decode.js';
import { ipv4, UDP } from '../support/ip.js';
import { IPV4, RAW } from '../support/link.js';
import { tcp } from '../support/tcp.js';

const RAW_FRAME = { linkType: RAW };
const SEGMENT = tcp({ payload: zeros(10) });

test('the fields of the header are read', () => {
  const packet = ipv4(
    {
      source: '192.0.2.1',
      destination: '203.0.113.255',
      ttl: 57,
      id: 0xbeef,
      tos: 0x2e,
      dontFragment: false,
    },
    SEGMENT,
  );
  const { bytes, sourceAt, destinationAt, ...segment } = segmentOf(packet, RAW_FRAME);
  assert.deepEqual([...bytes.subarray(sourceAt, sourceAt + 4)], [192, 0, 2, 1]);
  assert.deepEqual([...bytes.subarray(destinationAt, destinationAt + 4)], [203, 0, 113, 255]);
  assert.deepEqual(
    [segment.ipVersion, segment.ttl, segment.ipId, segment.tos, segment.dontFragment, segment.flowLabel],
    [4, 57, 0xbeef, 0x2e, false, 0],
  );
  assert.equal(segmentOf(ipv4({ dontFragment: true }, SEGMENT), RAW_FRAME).dontFragment, true);
});

test('options are passed over', () => {
  for (const length of [4, 20, 40]) {
    const { seq, payloadLength } = segmentOf(ipv4({ options: zeros(length) }, SEGMENT), RAW_FRAME);
    assert.deepEqual([seq, payloadLength], [1000, 10]);
  }
});

test('a first fragment has the segment, as far as it goes', () => {
  const { payloadLength } = segmentOf(ipv4({ moreFragments: true, dontFragment: false }, SEGMENT), RAW_FRAME);
  assert.equal(payloadLength, 10);
});

test('a later fragment has none, and is no damage', () => {
  assert.equal(stopOf(ipv4({ fragmentOffset: 8, moreFragments: true }, SEGMENT), RAW_FRAME), STOP_FRAGMENT);
  assert.equal(stopOf(ipv4({ fragmentOffset: 65_528 }, zeros(7)), RAW_FRAME), STOP_FRAGMENT);
});

test('a later fragment of another protocol is not one of TCP', () => {
  assert.equal(
    stopOf(ipv4({ fragmentOffset: 1480, protocol: UDP }, zeros(100)), RAW_FRAME),
    STOP_OTHER_PROTOCOL,
  );
});

test('a total length of 0 is segmentation offload: the frame decides', () => {
  assert.equal(segmentOf(ipv4({ totalLength: 0 }, SEGMENT), RAW_FRAME).payloadLength, 10);
  const cut = segmentOf(ipv4({ totalLength: 0 }, tcp({ payload: zeros(3000) })), {
    linkType: RAW,
    snapLength: 96,
  });
  assert.equal(cut.payloadLength, 3000);
});

test('a total length beyond the frame is bounded by the frame', () => {
  assert.equal(segmentOf(ipv4({ totalLength: 1500 }, SEGMENT), RAW_FRAME).payloadLength, 10);
});

test('a header that contradicts itself is damage', () => {
  const stops = [
    ipv4({ words: 4 }, SEGMENT),
    ipv4({ words: 15 }, SEGMENT),
    ipv4({ totalLength: 12 }, SEGMENT),
    ipv4({ totalLength: 39 }, SEGMENT),
    ipv4({ totalLength: 20 }, SEGMENT),
  ].map((packet) => stopOf(packet, RAW_FRAME));
  assert.deepEqual(stops, Array(5).fill(STOP_MALFORMED));
});

test('a packet of no known version is damage', () => {
  assert.equal(stopOf([0x55, ...zeros(60)], RAW_FRAME), STOP_MALFORMED);
  assert.equal(stopOf([0x55, ...zeros(60)], { linkType: IPV4 }), STOP_MALFORMED);
});

test('other protocols carry no segment', () => {
  assert.equal(stopOf(ipv4({ protocol: UDP }, zeros(30)), RAW_FRAME), STOP_OTHER_PROTOCOL);
});
