import { decodeIpv4 } from '../ip/ipv4.js';
import { decodeIpv6 } from '../ip/ipv6.js';
import { MPLS, NSH } from '../link/ether-type.js';
import { decodeEthernet } from '../link/ethernet.js';
import { decodeInner, protocolOfEtherType } from '../registry.js';
import { refuse, type Segment, STOP_OTHER_PROTOCOL } from '../segment.js';

const IPV4 = 1;
const IPV6 = 2;
const ETHERNET = 3;
const SERVICE_HEADER = 4;
const LABELS = 5;

/** Goes on by the numbers that NSH (RFC 8300, 2.2) and VXLAN-GPE (draft-ietf-nvo3-vxlan-gpe, 3.2) have in common. */
export function decodeNextProtocol(segment: Segment, at: number, next: number): boolean {
  if (next === IPV4) return decodeIpv4(segment, at);
  if (next === IPV6) return decodeIpv6(segment, at);
  if (next === ETHERNET) return decodeEthernet(segment, at);
  if (next === SERVICE_HEADER) return decodeInner(segment, at, protocolOfEtherType(NSH));
  if (next === LABELS) return decodeInner(segment, at, protocolOfEtherType(MPLS));
  return refuse(segment, STOP_OTHER_PROTOCOL);
}
