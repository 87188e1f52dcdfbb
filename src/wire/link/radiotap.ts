import { readUint16Little, readUint32Little } from '../bytes.js';
import type { Protocol } from '../registry.js';
import { lacks, refuse, type Segment, STOP_MALFORMED } from '../segment.js';
import { decodeIeee80211, decodePaddedIeee80211 } from './ieee80211.js';

// https://www.radiotap.org: version, padding, length, then words of bits that tell which fields follow.
const HEADER_LENGTH = 8;
const LENGTH_AT = 2;
const PRESENT_AT = 4;
const WORD = 4;
/** Another word of bits follows. */
const MORE_BITS = 0x8000_0000;
const HAS_TIME = 0x01;
const HAS_FLAGS = 0x02;
const TIME_LENGTH = 8;
/** The driver filled the 802.11 header up to whole words. */
const FLAG_PADDED = 0x20;

/** 802.11 behind a radiotap header. */
export const radiotap: Protocol = {
  name: 'radiotap',
  linkTypes: [127],
  decode(segment, at) {
    if (lacks(segment, at, HEADER_LENGTH)) return false;
    const length = readUint16Little(segment.bytes, at + LENGTH_AT);
    if (length < HEADER_LENGTH) return refuse(segment, STOP_MALFORMED);
    if (lacks(segment, at, length)) return false;
    const padded = (radioFlags(segment, at, length) & FLAG_PADDED) !== 0;
    return padded ? decodePaddedIeee80211(segment, at + length) : decodeIeee80211(segment, at + length);
  },
};

/** The field of flags, which only the time can precede; 0 when it is not there. */
function radioFlags(segment: Segment, at: number, length: number): number {
  const { bytes } = segment;
  const present = readUint32Little(bytes, at + PRESENT_AT);
  if ((present & HAS_FLAGS) === 0) return 0;
  let offset = PRESENT_AT;
  while (offset + WORD <= length && (readUint32Little(bytes, at + offset) & MORE_BITS) !== 0) offset += WORD;
  offset += WORD;
  if ((present & HAS_TIME) !== 0) offset = Math.ceil(offset / TIME_LENGTH) * TIME_LENGTH + TIME_LENGTH;
  return offset < length ? bytes[at + offset] : 0;
}
