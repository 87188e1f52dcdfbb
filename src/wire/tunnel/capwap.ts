import { readUint16 } from '../bytes.js';
import { decodeEthernet } from '../link/ethernet.js';
import { decodeSwappedIeee80211 } from '../link/ieee80211.js';
import type { Protocol } from '../registry.js';
import { lacks, refuse, type Segment, STOP_FRAGMENT, STOP_OPAQUE, STOP_OTHER_PROTOCOL } from '../segment.js';
import { TUNNEL_CAPWAP } from '../tunnel-kind.js';

// RFC 5415, 4.2 and 4.3.
const HEADER_LENGTH = 8;
const PLAIN = 0x00;
const ENCRYPTED = 0x01;
const LENGTH_SHIFT = 3;
const WORD = 4;
const FLAGS_AT = 3;
const NATIVE_FRAME = 0x01;
const BINDING_AT = 2;
const BINDING_MASK = 0x3e;
/** IEEE 802.11: RFC 5416, 2. */
const BINDING_802_11 = 1 << 1;
const IS_FRAGMENT = 0x80;
const IS_KEEPALIVE = 0x08;
const FRAGMENT_OFFSET_MASK = 0xfff8;

/** What access points send to their controller: data channel only. */
export const capwap: Protocol = {
  name: 'CAPWAP',
  udpPorts: [5247],
  tunnel: TUNNEL_CAPWAP,
  decode(segment, at) {
    if (lacks(segment, at, HEADER_LENGTH)) return false;
    const { bytes } = segment;
    if (bytes[at] === ENCRYPTED) return refuse(segment, STOP_OPAQUE);
    if (bytes[at] !== PLAIN) return refuse(segment, STOP_OTHER_PROTOCOL);
    return decodeData(segment, at);
  },
};

function decodeData(segment: Segment, at: number): boolean {
  const { bytes } = segment;
  const inner = at + (bytes[at + 1] >>> LENGTH_SHIFT) * WORD;
  const flags = bytes[at + FLAGS_AT];
  if ((flags & IS_KEEPALIVE) !== 0) return refuse(segment, STOP_OTHER_PROTOCOL);
  if ((flags & IS_FRAGMENT) !== 0 && (readUint16(bytes, at + 6) & FRAGMENT_OFFSET_MASK) !== 0)
    return refuse(segment, STOP_FRAGMENT);
  if ((bytes[at + BINDING_AT] & NATIVE_FRAME) === 0) return decodeEthernet(segment, inner);
  if ((bytes[at + BINDING_AT] & BINDING_MASK) !== BINDING_802_11) return refuse(segment, STOP_OTHER_PROTOCOL);
  return decodeSwappedIeee80211(segment, inner);
}
