import { decodeEthernet } from '../link/ethernet.js';
import type { Protocol } from '../registry.js';

/** Forwarding tag and time to live. */
const TAG_LENGTH = 2;

/** Cisco FabricPath: a whole Ethernet frame behind the addresses of switches and this tag. */
export const fabricPath: Protocol = {
  name: 'FabricPath',
  etherTypes: [0x8903],
  decode: (segment, at) => decodeEthernet(segment, at + TAG_LENGTH),
};
