import { readUint16 } from '../bytes.js';
import { decodeIpv6 } from '../ip/ipv6.js';
import type { Protocol } from '../registry.js';
import { lacks, refuse, type Segment, STOP_OTHER_PROTOCOL } from '../segment.js';
import { TUNNEL_TEREDO } from '../tunnel-kind.js';

// RFC 4380, 5.1.1: indications may precede the packet.
const INDICATION_LENGTH = 4;
const AUTHENTICATION = 0x0001;
/** Nonce and confirmation, behind what client identifier and authentication value take. */
const AUTHENTICATION_LENGTH = 13;
const ORIGIN = 0x0000;
const ORIGIN_LENGTH = 8;
const IPV6_VERSION = 6;

/** IPv6 through the NAT of an IPv4 network. */
export const teredo: Protocol = {
  name: 'Teredo',
  udpPorts: [3544],
  tunnel: TUNNEL_TEREDO,
  decode(segment, at) {
    if (lacks(segment, at, INDICATION_LENGTH)) return false;
    let packet = at;
    if (readUint16(segment.bytes, packet) === AUTHENTICATION) packet += authenticationLength(segment, packet);
    if (lacks(segment, packet, INDICATION_LENGTH)) return false;
    if (readUint16(segment.bytes, packet) === ORIGIN) packet += ORIGIN_LENGTH;
    if (lacks(segment, packet, 1)) return false;
    if (segment.bytes[packet] >>> 4 !== IPV6_VERSION) return refuse(segment, STOP_OTHER_PROTOCOL);
    return decodeIpv6(segment, packet);
  },
};

function authenticationLength({ bytes }: Segment, at: number): number {
  return AUTHENTICATION_LENGTH + bytes[at + 2] + bytes[at + 3];
}
