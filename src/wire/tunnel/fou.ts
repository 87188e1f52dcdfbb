import { readUint16 } from '../bytes.js';
import { decodeIp } from '../ip/ip.js';
import type { Protocol } from '../registry.js';
import { lacks, refuse, type Segment, STOP_OTHER_PROTOCOL, wireLength } from '../segment.js';
import { TUNNEL_FOU } from '../tunnel-kind.js';

const IPV4_START = 0x45;
const IPV6_VERSION = 6;
const IPV6_HEADER_LENGTH = 40;
const SHORTEST = 20;

/**
 * Foo over UDP: an IP packet with nothing in front, on whatever port was configured; 5555 is the one of ip-fou(8).
 * Anything else may use that port, so only a packet that fills the datagram exactly is taken for one.
 */
export const fou: Protocol = {
  name: 'FOU',
  udpPorts: [5555],
  tunnel: TUNNEL_FOU,
  decode(segment, at) {
    if (lacks(segment, at, SHORTEST)) return false;
    const fits = claimedLength(segment, at) === wireLength(segment, at);
    return fits ? decodeIp(segment, at) : refuse(segment, STOP_OTHER_PROTOCOL);
  },
};

function claimedLength(segment: Segment, at: number): number {
  const { bytes } = segment;
  if (bytes[at] === IPV4_START) return readUint16(bytes, at + 2);
  return bytes[at] >>> 4 === IPV6_VERSION ? IPV6_HEADER_LENGTH + readUint16(bytes, at + 4) : 0;
}
