import { readUint32, readUint32Little } from '../bytes.js';
import type { Protocol } from '../registry.js';
import { lacks } from '../segment.js';
import { decodeFamily } from './loopback.js';

/** Protocol family, security parameters index, flags. */
const HEADER_LENGTH = 12;

/** OpenBSD's view into IPsec, packets in the clear: https://www.tcpdump.org/linktypes/LINKTYPE_ENC.html */
export const enc: Protocol = {
  name: 'OpenBSD enc',
  linkTypes: [109],
  decode(segment, at) {
    if (lacks(segment, at, HEADER_LENGTH)) return false;
    const { bytes } = segment;
    const family = Math.min(readUint32(bytes, at), readUint32Little(bytes, at));
    return decodeFamily(segment, at + HEADER_LENGTH, family);
  },
};
