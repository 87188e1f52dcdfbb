import { readUint16 } from '../bytes.js';
import type { Protocol } from '../registry.js';
import { refuseShort, type Segment } from '../segment.js';
import { decodeEtherType, ETHERNET_FRAME } from './ether-type.js';

const HEADER_LENGTH = 14;
const TYPE_AT = 12;

/** An Ethernet frame (IEEE 802.3, 3.1.1) from its destination address on; a frame check sequence may follow it. */
export function decodeEthernet(segment: Segment, at: number): boolean {
  if (at + HEADER_LENGTH > segment.end) return refuseShort(segment, at, HEADER_LENGTH);
  return decodeEtherType(segment, at + HEADER_LENGTH, readUint16(segment.bytes, at + TYPE_AT));
}

export const ethernet: Protocol = {
  name: 'Ethernet',
  linkTypes: [1],
  etherTypes: [ETHERNET_FRAME],
  decode: decodeEthernet,
};
