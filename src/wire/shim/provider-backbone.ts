import { decodeEthernet } from '../link/ethernet.js';
import type { Protocol } from '../registry.js';

/** Flags and service identifier. */
const TAG_LENGTH = 4;

/** A customer's whole frame behind a service tag: IEEE 802.1ah, now 802.1Q, 9.7. */
export const providerBackbone: Protocol = {
  name: '802.1ah',
  etherTypes: [0x88e7],
  decode: (segment, at) => decodeEthernet(segment, at + TAG_LENGTH),
};
