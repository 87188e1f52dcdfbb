import { decodeEncapsulated } from '../ip/encapsulated.js';
import { decodeIp } from '../ip/ip.js';
import type { Protocol } from '../registry.js';
import { lacks, refuse, STOP_OTHER_PROTOCOL } from '../segment.js';
import { TUNNEL_GUE } from '../tunnel-kind.js';

// draft-ietf-intarea-gue, 3.
const HEADER_LENGTH = 4;
const VERSION_SHIFT = 6;
const IS_CONTROL = 0x20;
const WORDS_MASK = 0x1f;
const WORD = 4;

/**
 * Generic UDP encapsulation. GitHub's GLB Director has its own port:
 * https://github.com/github/glb-director/blob/master/docs/development/gue-header.md
 */
export const gue: Protocol = {
  name: 'GUE',
  udpPorts: [6080, 19_523],
  tunnel: TUNNEL_GUE,
  decode(segment, at) {
    if (lacks(segment, at, HEADER_LENGTH)) return false;
    const first = segment.bytes[at];
    const version = first >>> VERSION_SHIFT;
    // Version 1 is the first two bits of the IP packet that follows at once.
    if (version === 1) return decodeIp(segment, at);
    if (version !== 0 || (first & IS_CONTROL) !== 0) return refuse(segment, STOP_OTHER_PROTOCOL);
    const inner = at + HEADER_LENGTH + (first & WORDS_MASK) * WORD;
    return decodeEncapsulated(segment, inner, segment.bytes[at + 1]);
  },
};
