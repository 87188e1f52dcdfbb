import { decodeEthernet } from '../link/ethernet.js';
import type { Protocol } from '../registry.js';
import { lacks, refuse, STOP_OTHER_PROTOCOL } from '../segment.js';
import { decodeNextProtocol } from '../shim/next-protocol.js';
import { TUNNEL_VXLAN_GPE } from '../tunnel-kind.js';

// draft-ietf-nvo3-vxlan-gpe, 3.1.
const HEADER_LENGTH = 8;
const VERSION_MASK = 0x30;
const HAS_NEXT_PROTOCOL = 0x04;
/** Operations and management: whatever follows, it is no user's packet. */
const IS_OAM = 0x01;
const NEXT_PROTOCOL_AT = 3;

export const vxlanGpe: Protocol = {
  name: 'VXLAN-GPE',
  udpPorts: [4790],
  tunnel: TUNNEL_VXLAN_GPE,
  decode(segment, at) {
    if (lacks(segment, at, HEADER_LENGTH)) return false;
    const flags = segment.bytes[at];
    if ((flags & (VERSION_MASK | IS_OAM)) !== 0) return refuse(segment, STOP_OTHER_PROTOCOL);
    const inner = at + HEADER_LENGTH;
    if ((flags & HAS_NEXT_PROTOCOL) === 0) return decodeEthernet(segment, inner);
    return decodeNextProtocol(segment, inner, segment.bytes[at + NEXT_PROTOCOL_AT]);
  },
};
