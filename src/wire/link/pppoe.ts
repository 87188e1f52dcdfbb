import { readUint16 } from '../bytes.js';
import type { Protocol } from '../registry.js';
import { lacks, narrow, refuse, STOP_MALFORMED } from '../segment.js';
import { decodePpp } from './ppp.js';

// RFC 2516, 4.
const HEADER_LENGTH = 6;
const VERSION_AND_TYPE = 0x11;
const LENGTH_AT = 4;

/** PPP over Ethernet, session stage; as a link type, without the Ethernet header (Solaris). */
export const pppoe: Protocol = {
  name: 'PPPoE',
  linkTypes: [51],
  etherTypes: [0x8864],
  decode(segment, at) {
    if (lacks(segment, at, HEADER_LENGTH)) return false;
    if (segment.bytes[at] !== VERSION_AND_TYPE) return refuse(segment, STOP_MALFORMED);
    narrow(segment, at, HEADER_LENGTH + readUint16(segment.bytes, at + LENGTH_AT));
    return decodePpp(segment, at + HEADER_LENGTH);
  },
};
