import { decodeEthernet } from '../link/ethernet.js';
import type { Protocol } from '../registry.js';
import { lacks, refuse, STOP_OTHER_PROTOCOL } from '../segment.js';
import { TUNNEL_VXLAN } from '../tunnel-kind.js';

// RFC 7348, 5. Other flags belong to extensions that keep the layout (draft-smith-vxlan-group-policy).
const HEADER_LENGTH = 8;
const HAS_NETWORK = 0x08;

/** VXLAN, on its port and on the one that Linux used before that was assigned (Flannel and Cilium still do). */
export const vxlan: Protocol = {
  name: 'VXLAN',
  udpPorts: [4789, 8472],
  tunnel: TUNNEL_VXLAN,
  decode(segment, at) {
    if (lacks(segment, at, HEADER_LENGTH)) return false;
    if ((segment.bytes[at] & HAS_NETWORK) === 0) return refuse(segment, STOP_OTHER_PROTOCOL);
    return decodeEthernet(segment, at + HEADER_LENGTH);
  },
};
