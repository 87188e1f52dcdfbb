import type { Protocol } from '../registry.js';
import { refuse, STOP_OPAQUE } from '../segment.js';

/** IEEE 802.1AE. Not decoded, neither encrypted nor merely protected: MACsec ends at the next switch in any case. */
export const macSec: Protocol = {
  name: 'MACsec',
  etherTypes: [0x88e5],
  decode: (segment) => refuse(segment, STOP_OPAQUE),
};
