import { readUint16 } from '../bytes.js';
import { decodeIp } from '../ip/ip.js';
import { MPLS } from '../link/ether-type.js';
import { decodeEthernet } from '../link/ethernet.js';
import type { Protocol } from '../registry.js';
import { lacks, refuse, type Segment, STOP_OTHER_PROTOCOL, wireLength } from '../segment.js';
import { TUNNEL_MPLS } from '../tunnel-kind.js';

// RFC 3032, 2.1.
const LABEL_LENGTH = 4;
const BOTTOM_OF_STACK = 0x01;
/** RFC 4385, 3. */
const CONTROL_WORD_LENGTH = 4;
const IPV6_HEADER_LENGTH = 40;
/** What may follow an IP packet: padding of short frames, check sequences, trailers. */
const MOST_PADDING = 64;
const ETHERNET_TYPE_AT = 12;
const ETHERNET_HEADER_LENGTH = 14;
/** What pseudowires carry, as far as it leads to TCP or is frequent: IP, ARP, VLAN tags, MPLS, PPPoE. */
const KNOWN_ETHER_TYPES = [0x0800, 0x86dd, 0x0806, 0x8100, 0x88a8, 0x9100, MPLS, 0x8864];

/**
 * A stack of labels. Nothing says what follows: routers tell IP by its first four bits, and so does this (RFC 4928).
 * An Ethernet pseudowire whose frames begin with an address that looks like IP is told by the rest of the header.
 */
function decode(segment: Segment, at: number): boolean {
  let inner = at;
  do {
    if (lacks(segment, inner, LABEL_LENGTH)) return false;
    inner += LABEL_LENGTH;
  } while ((segment.bytes[inner - 2] & BOTTOM_OF_STACK) === 0);
  if (lacks(segment, inner, 1)) return false;
  if (looksLikeIp(segment, inner)) return decodeIp(segment, inner);
  if (segment.bytes[inner] >>> 4 === 0 && looksLikeEthernet(segment, inner + CONTROL_WORD_LENGTH))
    return decodeEthernet(segment, inner + CONTROL_WORD_LENGTH);
  if (looksLikeEthernet(segment, inner)) return decodeEthernet(segment, inner);
  const version = segment.bytes[inner] >>> 4;
  return version === 4 || version === 6 ? decodeIp(segment, inner) : refuse(segment, STOP_OTHER_PROTOCOL);
}

/** Whether the first four bits and the length agree with an IP packet that fills the frame. */
function looksLikeIp(segment: Segment, at: number): boolean {
  const { bytes } = segment;
  const version = bytes[at] >>> 4;
  if ((version !== 4 && version !== 6) || at + 6 > segment.end) return false;
  const length = version === 4 ? readUint16(bytes, at + 2) : IPV6_HEADER_LENGTH + readUint16(bytes, at + 4);
  const beyond = wireLength(segment, at) - length;
  return beyond >= 0 && beyond <= MOST_PADDING;
}

function looksLikeEthernet(segment: Segment, at: number): boolean {
  if (at + ETHERNET_HEADER_LENGTH > segment.end) return false;
  return KNOWN_ETHER_TYPES.includes(readUint16(segment.bytes, at + ETHERNET_TYPE_AT));
}

export const mpls: Protocol = { name: 'MPLS', etherTypes: [MPLS, 0x8848], decode };

/** MPLS inside of IP (RFC 4023) and of UDP (RFC 7510). */
export const mplsInIp: Protocol = {
  name: 'MPLS in IP',
  ipProtocols: [137],
  udpPorts: [6635],
  tunnel: TUNNEL_MPLS,
  decode,
};
