import { NSH } from '../link/ether-type.js';
import type { Protocol } from '../registry.js';
import { lacks, refuse, STOP_MALFORMED } from '../segment.js';
import { decodeNextProtocol } from './next-protocol.js';

// RFC 8300, 2.2 and 2.3: base and service path headers.
const SHORTEST_HEADER = 8;
const LENGTH_AT = 1;
const LENGTH_MASK = 0x3f;
const NEXT_PROTOCOL_AT = 3;
const WORD = 4;

/** The network service header, which leads packets through a chain of functions. */
export const nsh: Protocol = {
  name: 'NSH',
  etherTypes: [NSH],
  decode(segment, at) {
    if (lacks(segment, at, SHORTEST_HEADER)) return false;
    const length = (segment.bytes[at + LENGTH_AT] & LENGTH_MASK) * WORD;
    if (length < SHORTEST_HEADER) return refuse(segment, STOP_MALFORMED);
    return decodeNextProtocol(segment, at + length, segment.bytes[at + NEXT_PROTOCOL_AT]);
  },
};
