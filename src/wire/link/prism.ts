import { readUint32, readUint32Little } from '../bytes.js';
import type { Protocol } from '../registry.js';
import { lacks, refuse, type Segment, STOP_MALFORMED } from '../segment.js';
import { decodeIeee80211 } from './ieee80211.js';

/** Message code or version, then the length of the header. */
const START_LENGTH = 8;
const LENGTH_AT = 4;
const AVS_VERSION_MASK = 0xffff_f000;
const AVS_VERSION = 0x8021_1000;
/** No driver writes more; a larger length is one in the other byte order, or a lie. */
const LONGEST_HEADER = 0xffff;

/**
 * 802.11 behind a Prism header (in the byte order of the host that captured) or an AVS header (in network order), of
 * which the first link type has both: https://www.tcpdump.org/linktypes/LINKTYPE_IEEE802_11_PRISM.html
 */
export const prism: Protocol = {
  name: 'Prism or AVS',
  linkTypes: [119, 163],
  decode(segment, at) {
    if (lacks(segment, at, START_LENGTH)) return false;
    const length = lengthOf(segment, at);
    if (length < START_LENGTH || length > LONGEST_HEADER) return refuse(segment, STOP_MALFORMED);
    return decodeIeee80211(segment, at + length);
  },
};

function lengthOf(segment: Segment, at: number): number {
  const { bytes } = segment;
  const length = readUint32(bytes, at + LENGTH_AT);
  const isAvs = (readUint32(bytes, at) & AVS_VERSION_MASK) >>> 0 === AVS_VERSION;
  return isAvs ? length : Math.min(length, readUint32Little(bytes, at + LENGTH_AT));
}
