import { STOP_TRUNCATED } from '../segment.js';
import { decodeEtherType } from './ether-type.js';
import type { LinkLayer } from './link-layer.js';

const HEADER_LENGTH = 14;

/** IEEE 802.3 Ethernet. */
export const ethernet: LinkLayer = {
  linkType: 1,
  name: 'EN10MB',
  decode(segment, at) {
    if (at + HEADER_LENGTH > segment.end) {
      segment.stop = STOP_TRUNCATED;
      return false;
    }
    return decodeEtherType(
      segment,
      at + HEADER_LENGTH,
      (segment.bytes[at + 12] << 8) | segment.bytes[at + 13],
    );
  },
};
