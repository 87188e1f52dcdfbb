import type { Protocol } from '../registry.js';
import { lacks, refuse, STOP_OTHER_PROTOCOL } from '../segment.js';
import { decodeLlc } from './llc.js';

/** Frame control, destination, source. */
const HEADER_LENGTH = 13;
const FORMAT_MASK = 0x70;
/** Asynchronous or synchronous LLC frames with addresses of 48 bits (ANSI X3.139). */
const FORMAT_LLC = 0x50;

export const fddi: Protocol = {
  name: 'FDDI',
  linkTypes: [10],
  decode(segment, at) {
    if (lacks(segment, at, HEADER_LENGTH)) return false;
    if ((segment.bytes[at] & FORMAT_MASK) !== FORMAT_LLC) return refuse(segment, STOP_OTHER_PROTOCOL);
    return decodeLlc(segment, at + HEADER_LENGTH);
  },
};
