import { readUint16 } from '../bytes.js';
import { decodeEthernet } from '../link/ethernet.js';
import type { Protocol } from '../registry.js';
import { lacks } from '../segment.js';

// RFC 6325, 3.
const HEADER_LENGTH = 6;
const OPTIONS_MASK = 0x07c0;
const OPTIONS_SHIFT = 6;
const WORD = 4;

/** TRILL: a whole Ethernet frame between switches that route. */
export const trill: Protocol = {
  name: 'TRILL',
  etherTypes: [0x22f3],
  decode(segment, at) {
    if (lacks(segment, at, HEADER_LENGTH)) return false;
    const words = (readUint16(segment.bytes, at) & OPTIONS_MASK) >>> OPTIONS_SHIFT;
    return decodeEthernet(segment, at + HEADER_LENGTH + words * WORD);
  },
};
