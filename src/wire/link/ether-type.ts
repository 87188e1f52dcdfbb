import { decodeIpv4, decodeIpv6 } from '../ip.js';
import { type Segment, STOP_OTHER_PROTOCOL, STOP_TRUNCATED } from '../segment.js';

// https://www.iana.org/assignments/ieee-802-numbers
const IPV4 = 0x0800;
const IPV6 = 0x86dd;
const VLAN = 0x8100;
const PROVIDER_VLAN = 0x88a8;
const OLD_PROVIDER_VLAN = 0x9100;
const VLAN_TAG_LENGTH = 4;

/** Goes on by EtherType; VLAN tags (IEEE 802.1Q, stacked or not) are passed over. */
export function decodeEtherType(segment: Segment, at: number, etherType: number): boolean {
  let type = etherType;
  while (type === VLAN || type === PROVIDER_VLAN || type === OLD_PROVIDER_VLAN) {
    if (at + VLAN_TAG_LENGTH > segment.end) {
      segment.stop = STOP_TRUNCATED;
      return false;
    }
    type = (segment.bytes[at + 2] << 8) | segment.bytes[at + 3];
    at += VLAN_TAG_LENGTH;
  }
  if (type === IPV4) return decodeIpv4(segment, at);
  if (type === IPV6) return decodeIpv6(segment, at);
  segment.stop = STOP_OTHER_PROTOCOL;
  return false;
}
