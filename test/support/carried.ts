import assert from 'node:assert/strict';
import { ipIdOf, type Segment, STOP_TRUNCATED, ttlOf } from '#src/wire/segment.js';
import { tunnelName } from '#src/wire/tunnel-kind.js';
import { type Bytes, join, zeros } from './bytes.js';
import { decode, segmentOf } from './decode.js';
import { ipv4, ipv6 } from './ip.js';
import { ETHERNET } from './link.js';
import { tcp } from './tcp.js';
import { OUTER_ID, OUTER_TTL } from './udp.js';

const PAYLOAD_LENGTH = 25;
const SEQ = 7_000_000;
const TRANSPORT = tcp({ seq: SEQ, flags: 'R', payload: zeros(PAYLOAD_LENGTH) });
export const V4 = ipv4({ ttl: 61, id: 4711 }, TRANSPORT);
export const V6 = ipv6({ hopLimit: 62 }, TRANSPORT);
const TCP_HEADER_LENGTH = 20;

export interface CarriedForm {
  linkType?: number;
  /** What the tunnel is called, where there is one. */
  tunnel?: string;
  /** What may be said of a frame that is cut: more than "cut" where headers are told by what they look like. */
  stops?: readonly number[];
  /** Inner packets to try. */
  packets?: readonly Uint8Array[];
}

/** A protocol carries TCP, whole and cut at every byte, with and without padding, in both IP versions. */
export function assertCarries(build: (packet: Uint8Array) => Bytes, form: CarriedForm = {}): void {
  const { linkType = ETHERNET, packets = [V4, V6], stops = [STOP_TRUNCATED] } = form;
  for (const packet of packets) {
    const frame = build(packet);
    assertInner(segmentOf(frame, { linkType }), packet, form.tunnel);
    assertInner(segmentOf(join(frame, zeros(6)), { linkType }), packet, form.tunnel);
    for (let snapLength = 0; snapLength < frame.length; snapLength += 1) {
      const { found, segment } = decode(frame, { linkType, snapLength });
      if (found) assertInner(segment, packet, form.tunnel);
      else assert.ok(stops.includes(segment.stop), `cut to ${snapLength}: stop ${segment.stop}`);
      if (snapLength >= frame.length - PAYLOAD_LENGTH + TCP_HEADER_LENGTH) assert.ok(found);
    }
  }
}

function assertInner(segment: Segment, packet: Uint8Array, tunnel = ''): void {
  const isV4 = packet[0] >>> 4 === 4;
  const { seq, ttl, ipId, payloadLength, bytes, ipAt, outerAt } = segment;
  assert.deepEqual(
    { seq, ttl, ipId, payloadLength },
    { seq: SEQ, ttl: isV4 ? 61 : 62, ipId: isV4 ? 4711 : -1, payloadLength: PAYLOAD_LENGTH },
  );
  assert.equal(bytes[ipAt], packet[0]);
  if (tunnel === '') {
    assert.equal(outerAt, -1);
    return;
  }
  assert.equal(tunnelName(segment.tunnel), tunnel);
  assert.deepEqual([ttlOf(bytes, outerAt), ipIdOf(bytes, outerAt)], [OUTER_TTL, OUTER_ID]);
}
