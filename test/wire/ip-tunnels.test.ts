import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STOP_FRAGMENT, STOP_MALFORMED, STOP_OPAQUE, STOP_OTHER_PROTOCOL } from '#src/wire/segment.js';
import { tunnelName } from '#src/wire/tunnel-kind.js';
import { type Bytes, join, u16, u32, zeros } from '../support/bytes.js';
import { assertCarries, V4, V6 } from '../support/carried.js';
import { segmentOf, stopOf } from '../support/decode.js';
import { authentication, ipv4, ipv6 } from '../support/ip.js';
import { ethernet } from '../support/link.js';
import { tcp } from '../support/tcp.js';
import { outer, udpTunnel } from '../support/udp.js';

const ICMP = 1;

test('IP in IP: 4, 94 and 41, and around IPv6', () => {
  const form = { tunnel: 'IP-in-IP' };
  for (const protocol of [4, 94])
    assertCarries((packet) => ethernet(outer(protocol, packet)), { ...form, packets: [V4] });
  assertCarries((packet) => ethernet(outer(41, packet)), { ...form, packets: [V6] });
  const { seq, bytes, outerAt } = segmentOf(ethernet(ipv6({ protocol: 4 }, V4)));
  assert.deepEqual([seq, bytes[outerAt] >>> 4], [7_000_000, 6]);
});

test('the authentication header of IPsec is passed in IPv4 too, before TCP and before a tunnel', () => {
  assert.equal(segmentOf(ethernet(outer(51, join(authentication.bytes(6), tcp({ seq: 9 }))))).seq, 9);
  const inner = (packet: Bytes) => authentication.bytes(packet[0] >>> 4 === 6 ? 41 : 4);
  assertCarries((packet) => ethernet(outer(51, join(inner(packet), packet))), { tunnel: 'IP-in-IP' });
});

test('what is encrypted or compressed is said to be', () => {
  for (const protocol of [50, 108]) assert.equal(stopOf(ethernet(outer(protocol, V4))), STOP_OPAQUE);
  assert.equal(stopOf(ethernet(ipv6({ protocol: 50 }, V4))), STOP_OPAQUE);
  assert.equal(stopOf(ethernet(udpTunnel(4500, join(u32(0xabcd), V4)))), STOP_OPAQUE);
});

test('IKE and keepalives on the port of ESP are neither', () => {
  assert.equal(stopOf(ethernet(udpTunnel(4500, join(u32(0), V4)))), STOP_OTHER_PROTOCOL);
  assert.equal(stopOf(ethernet(udpTunnel(4500, [0xff]))), STOP_OTHER_PROTOCOL);
});

test('a TCP header quoted by ICMP is no segment', () => {
  assert.equal(stopOf(ethernet(outer(ICMP, join([3, 4], zeros(6), V4)))), STOP_OTHER_PROTOCOL);
  assert.equal(stopOf(ethernet(ipv6({ protocol: 58 }, join([1, 4], zeros(6), V6)))), STOP_OTHER_PROTOCOL);
});

test('EtherIP', () => {
  assertCarries((packet) => ethernet(outer(97, join([0x30, 0], ethernet(packet)))), { tunnel: 'EtherIP' });
  assert.equal(stopOf(ethernet(outer(97, join([0x40, 0], ethernet(V4))))), STOP_OTHER_PROTOCOL);
});

test('fragments of a tunnel: the first has the segment, with the length that the inner packet claims', () => {
  const whole = ipv4({}, tcp({ seq: 3, payload: zeros(1400) }));
  const first = ipv4({ protocol: 4, moreFragments: true, dontFragment: false }, whole.subarray(0, 1200));
  assert.deepEqual([segmentOf(ethernet(first)).seq, segmentOf(ethernet(first)).payloadLength], [3, 1400]);
  const later = ipv4({ protocol: 4, fragmentOffset: 1200 }, whole.subarray(1200));
  assert.equal(stopOf(ethernet(later)), STOP_FRAGMENT);
});

test('nested tunnels: the innermost segment, its own tunnel, and the first header of all', () => {
  const vxlan = (packet: Bytes) => udpTunnel(4789, join([8, 0, 0, 0], zeros(4), ethernet(packet)));
  const inner = ipv4({ ttl: 55, protocol: 4 }, V4);
  const mirrored = ethernet(outer(47, join(u16(0), u16(0x6558), ethernet(vxlan(inner)))));
  const { seq, bytes, outerAt, outermostAt, tunnel } = segmentOf(mirrored);
  assert.deepEqual([seq, tunnelName(tunnel), bytes[outerAt + 8]], [7_000_000, 'IP-in-IP', 55]);
  assert.deepEqual([bytes[outermostAt + 8], bytes[outermostAt + 9]], [33, 47]);
});

test('nesting has an end', () => {
  let packet = V4;
  for (let depth = 0; depth < 2000; depth += 1) packet = outer(4, packet);
  assert.notEqual(stopOf(ethernet(packet)), STOP_MALFORMED);
});

test('what was noted of one frame is gone in the next', () => {
  const tunnelled = segmentOf(ethernet(outer(4, V4)));
  assert.ok(tunnelled.outerAt >= 0);
  assert.equal(segmentOf(ethernet(V4)).outerAt, -1);
});
