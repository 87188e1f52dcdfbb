import type { Protocol } from '../registry.js';
import { lacks, refuse, type Segment, STOP_OTHER_PROTOCOL } from '../segment.js';
import { decodeTyped } from './ether-type.js';

/** Address and control. */
const HEADER_LENGTH = 2;
const UNICAST = 0x0f;
const MULTICAST = 0x8f;

/** Cisco's HDLC: an EtherType behind address and control (RFC 1547, 4.3.1). */
export function decodeCiscoHdlc(segment: Segment, at: number): boolean {
  if (lacks(segment, at, HEADER_LENGTH)) return false;
  const address = segment.bytes[at];
  if (address !== UNICAST && address !== MULTICAST) return refuse(segment, STOP_OTHER_PROTOCOL);
  return decodeTyped(segment, at + HEADER_LENGTH);
}

export const ciscoHdlc: Protocol = { name: 'Cisco HDLC', linkTypes: [104], decode: decodeCiscoHdlc };
