import { decodeIp } from '../ip/ip.js';
import type { Protocol } from '../registry.js';
import { lacks, refuse, STOP_OTHER_PROTOCOL } from '../segment.js';
import { TUNNEL_LISP } from '../tunnel-kind.js';

// RFC 9300, 5.
const HEADER_LENGTH = 8;

/** Data packets of the locator/ID separation protocol; control messages have another port. */
export const lisp: Protocol = {
  name: 'LISP',
  udpPorts: [4341],
  tunnel: TUNNEL_LISP,
  decode(segment, at) {
    const inner = at + HEADER_LENGTH;
    if (lacks(segment, at, HEADER_LENGTH + 1)) return false;
    const version = segment.bytes[inner] >>> 4;
    if (version !== 4 && version !== 6) return refuse(segment, STOP_OTHER_PROTOCOL);
    return decodeIp(segment, inner);
  },
};
