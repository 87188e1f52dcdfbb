import type { Protocol } from '../registry.js';
import { refuse, STOP_OPAQUE } from '../segment.js';

/** IP payload compression: RFC 3173. */
export const ipComp: Protocol = {
  name: 'IPComp',
  ipProtocols: [108],
  decode: (segment) => refuse(segment, STOP_OPAQUE),
};
