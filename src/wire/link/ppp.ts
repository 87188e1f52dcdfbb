import { readUint16 } from '../bytes.js';
import { decodeIpv4 } from '../ip/ipv4.js';
import { decodeIpv6 } from '../ip/ipv6.js';
import { decodeInner, type Protocol, protocolOfEtherType } from '../registry.js';
import { lacks, refuse, type Segment, STOP_OPAQUE, STOP_OTHER_PROTOCOL } from '../segment.js';
import { decodeCiscoHdlc } from './cisco-hdlc.js';
import { MPLS } from './ether-type.js';

// RFC 1661, 2; in HDLC framing RFC 1662, 3.1. Protocol numbers: https://www.iana.org/assignments/ppp-numbers
const ADDRESS_AND_CONTROL = 0xff03;
const ADDRESS = 0xff;
const IPV4 = 0x0021;
const IPV6 = 0x0057;
const MPLS_UNICAST = 0x0281;
const MPLS_MULTICAST = 0x0283;
/** Van Jacobson's header compression with and without the header, compressed and encrypted datagrams. */
const OPAQUE = [0x002d, 0x002f, 0x0053, 0x0055, 0x00fb, 0x00fd];

/** A PPP frame, with or without the address and control fields that negotiation may leave out (RFC 1661, 6.6). */
export function decodePpp(segment: Segment, at: number): boolean {
  if (lacks(segment, at, 2)) return false;
  const framed = readUint16(segment.bytes, at) === ADDRESS_AND_CONTROL;
  return decodeProtocolField(segment, framed ? at + 2 : at);
}

/** The low byte of a protocol number is odd, the high one even: so a number of one byte shows (RFC 1661, 6.5). */
function decodeProtocolField(segment: Segment, at: number): boolean {
  if (lacks(segment, at, 1)) return false;
  const { bytes } = segment;
  if ((bytes[at] & 1) !== 0) return decodePppProtocol(segment, at + 1, bytes[at]);
  if (lacks(segment, at, 2)) return false;
  return decodePppProtocol(segment, at + 2, readUint16(bytes, at));
}

function decodePppProtocol(segment: Segment, at: number, protocol: number): boolean {
  if (protocol === IPV4) return decodeIpv4(segment, at);
  if (protocol === IPV6) return decodeIpv6(segment, at);
  if (protocol === MPLS_UNICAST || protocol === MPLS_MULTICAST)
    return decodeInner(segment, at, protocolOfEtherType(MPLS));
  return refuse(segment, OPAQUE.includes(protocol) ? STOP_OPAQUE : STOP_OTHER_PROTOCOL);
}

/** PPP on its own, and inside of GRE (RFC 2637, 4.1). */
export const ppp: Protocol = { name: 'PPP', linkTypes: [9], etherTypes: [0x880b], decode: decodePpp };

/**
 * PPP or Cisco's HDLC, told by the address: https://www.tcpdump.org/linktypes/LINKTYPE_PPP_HDLC.html (libpcap calls
 * it PPP_SERIAL).
 */
export const pppSerial: Protocol = {
  name: 'PPP in HDLC',
  linkTypes: [50],
  decode(segment, at) {
    if (lacks(segment, at, 1)) return false;
    if (segment.bytes[at] === ADDRESS) return decodePpp(segment, at);
    return decodeCiscoHdlc(segment, at);
  },
};
