import { readUint16 } from '../bytes.js';
import { decodeIpv4 } from '../ip/ipv4.js';
import { decodeIpv6 } from '../ip/ipv6.js';
import { decodeInner, protocolOfEtherType } from '../registry.js';
import { lacks, narrow, type Segment } from '../segment.js';

// https://www.iana.org/assignments/ieee-802-numbers
export const IPV4 = 0x0800;
export const IPV6 = 0x86dd;
export const MPLS = 0x8847;
export const NSH = 0x894f;
/** Bridged Ethernet, as GRE and Geneve announce it (RFC 1701). */
export const ETHERNET_FRAME = 0x6558;
const VLAN = 0x8100;
const PROVIDER_VLAN = 0x88a8;
const OLD_PROVIDER_VLAN = 0x9100;
const VLAN_TAG_LENGTH = 4;
/** Below it, the field is the length of an IEEE 802.3 frame (IEEE 802.3, 3.2.6). */
const FIRST_ETHER_TYPE = 0x600;
/** What Linux calls a frame that begins with its LLC header (if_ether.h, ETH_P_802_2); no EtherType is that low. */
export const LLC = 0x0004;

/** Goes on by EtherType or IEEE 802.3 length. */
export function decodeEtherType(segment: Segment, at: number, etherType: number): boolean {
  if (etherType === IPV4) return decodeIpv4(segment, at);
  return etherType === IPV6 ? decodeIpv6(segment, at) : decodeOther(segment, at, etherType);
}

/** As `decodeEtherType`, off the hot path; VLAN tags (IEEE 802.1Q, stacked or not) are passed over. */
function decodeOther(segment: Segment, at: number, etherType: number): boolean {
  let type = etherType;
  while (type === VLAN || type === PROVIDER_VLAN || type === OLD_PROVIDER_VLAN) {
    if (lacks(segment, at, VLAN_TAG_LENGTH)) return false;
    type = readUint16(segment.bytes, at + 2);
    at += VLAN_TAG_LENGTH;
  }
  if (type === IPV4) return decodeIpv4(segment, at);
  if (type === IPV6) return decodeIpv6(segment, at);
  if (type >= FIRST_ETHER_TYPE) return decodeInner(segment, at, protocolOfEtherType(type));
  narrow(segment, at, type);
  return decodeInner(segment, at, protocolOfEtherType(LLC));
}

/** Goes on where the next two bytes are an EtherType and what it announces follows. */
export function decodeTyped(segment: Segment, at: number): boolean {
  if (lacks(segment, at, 2)) return false;
  return decodeEtherType(segment, at + 2, readUint16(segment.bytes, at));
}
