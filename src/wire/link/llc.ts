import { readUint16 } from '../bytes.js';
import { decodeIpv4 } from '../ip/ipv4.js';
import type { Protocol } from '../registry.js';
import { lacks, refuse, type Segment, STOP_OTHER_PROTOCOL } from '../segment.js';
import { decodeEtherType, LLC } from './ether-type.js';
import { decodeEthernet } from './ethernet.js';

// IEEE 802.2, 3.2, and its subnetwork access protocol: IEEE 802, 9.2; IP over it: RFC 1042.
const HEADER_LENGTH = 3;
const SNAP_HEADER_LENGTH = 8;
const SERVICE_IP = 0x06;
const SERVICE_SNAP = 0xaa;
const UNNUMBERED_INFORMATION = 0x03;
const ORGANISATION_ETHER_TYPE = 0x00_0000;
/** Bridge-tunnel encapsulation of IEEE 802.1H. */
const ORGANISATION_802_1H = 0x00_00f8;
/** Bridged frames: RFC 2684, 5.2. Their protocol number says whether a check sequence follows. */
const ORGANISATION_802_1 = 0x00_80c2;
const BRIDGED_ETHERNET = [0x0001, 0x0007];
const BRIDGED_PADDING = 2;

/** A frame from its LLC header on. */
export function decodeLlc(segment: Segment, at: number): boolean {
  if (lacks(segment, at, HEADER_LENGTH)) return false;
  const { bytes } = segment;
  if (bytes[at + 2] !== UNNUMBERED_INFORMATION) return refuse(segment, STOP_OTHER_PROTOCOL);
  if (bytes[at] === SERVICE_IP) return decodeIpv4(segment, at + HEADER_LENGTH);
  return bytes[at] === SERVICE_SNAP ? decodeSnap(segment, at) : refuse(segment, STOP_OTHER_PROTOCOL);
}

function decodeSnap(segment: Segment, at: number): boolean {
  if (lacks(segment, at, SNAP_HEADER_LENGTH)) return false;
  const { bytes } = segment;
  const organisation = (bytes[at + 3] << 16) | readUint16(bytes, at + 4);
  const protocol = readUint16(bytes, at + 6);
  const inner = at + SNAP_HEADER_LENGTH;
  if (organisation === ORGANISATION_ETHER_TYPE || organisation === ORGANISATION_802_1H)
    return decodeEtherType(segment, inner, protocol);
  if (organisation === ORGANISATION_802_1 && BRIDGED_ETHERNET.includes(protocol))
    return decodeEthernet(segment, inner + BRIDGED_PADDING);
  return refuse(segment, STOP_OTHER_PROTOCOL);
}

/** As a link type: frames over ATM (RFC 2684) and classical IP over ATM (RFC 2225). */
export const llc: Protocol = {
  name: 'LLC',
  linkTypes: [100, 106],
  etherTypes: [LLC, 0x8870],
  decode: decodeLlc,
};
