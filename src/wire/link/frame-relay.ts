import { readUint16 } from '../bytes.js';
import { decodeIpv4 } from '../ip/ipv4.js';
import { decodeIpv6 } from '../ip/ipv6.js';
import type { Protocol } from '../registry.js';
import { lacks, refuse, type Segment, STOP_OTHER_PROTOCOL } from '../segment.js';
import { decodeEtherType, decodeTyped } from './ether-type.js';

// Q.922 address, then the header of RFC 2427, 3; protocol identifiers: ISO/IEC TR 9577.
const SHORTEST_ADDRESS = 2;
const LONGEST_ADDRESS = 4;
const EXTENSION_BIT = 0x01;
const CONTROL_LENGTH = 2;
const UNNUMBERED_INFORMATION = 0x03;
const IDENTIFIER_IPV4 = 0xcc;
const IDENTIFIER_IPV6 = 0x8e;
const IDENTIFIER_SNAP = 0x80;
const ORGANISATION_LENGTH = 3;

/** Frame relay, with the header of RFC 2427 or the EtherType that Cisco puts in its place. */
export function decodeFrameRelay(segment: Segment, at: number): boolean {
  let length = SHORTEST_ADDRESS;
  while (length < LONGEST_ADDRESS && !endsAddress(segment, at + length - 1)) length += 1;
  if (lacks(segment, at, length + CONTROL_LENGTH)) return false;
  const header = at + length;
  if (segment.bytes[header] === UNNUMBERED_INFORMATION) return decodeIdentified(segment, header + 1);
  return decodeEtherType(segment, header + CONTROL_LENGTH, readUint16(segment.bytes, header));
}

export const frameRelay: Protocol = { name: 'frame relay', linkTypes: [107], decode: decodeFrameRelay };

function endsAddress(segment: Segment, at: number): boolean {
  return at >= segment.end || (segment.bytes[at] & EXTENSION_BIT) !== 0;
}

/** Goes on by the network layer protocol identifier at `at`, or behind a byte of padding. */
function decodeIdentified(segment: Segment, at: number): boolean {
  const { bytes } = segment;
  const identifier = bytes[at] === 0 ? at + 1 : at;
  if (lacks(segment, identifier, 1)) return false;
  const inner = identifier + 1;
  if (bytes[identifier] === IDENTIFIER_IPV4) return decodeIpv4(segment, inner);
  if (bytes[identifier] === IDENTIFIER_IPV6) return decodeIpv6(segment, inner);
  if (bytes[identifier] === IDENTIFIER_SNAP) return decodeTyped(segment, inner + ORGANISATION_LENGTH);
  return refuse(segment, STOP_OTHER_PROTOCOL);
}
