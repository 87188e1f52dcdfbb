import { decodeEthernet } from '../link/ethernet.js';
import type { Protocol } from '../registry.js';
import { lacks, refuse, STOP_OTHER_PROTOCOL } from '../segment.js';
import { TUNNEL_ETHER_IP } from '../tunnel-kind.js';

// RFC 3378, 3.
const HEADER_LENGTH = 2;
const VERSION = 3;

export const etherIp: Protocol = {
  name: 'EtherIP',
  ipProtocols: [97],
  tunnel: TUNNEL_ETHER_IP,
  decode(segment, at) {
    if (lacks(segment, at, HEADER_LENGTH)) return false;
    if (segment.bytes[at] >>> 4 !== VERSION) return refuse(segment, STOP_OTHER_PROTOCOL);
    return decodeEthernet(segment, at + HEADER_LENGTH);
  },
};
