import type { Protocol } from '../registry.js';
import { lacks, refuse, type Segment, STOP_FRAGMENT, STOP_OPAQUE, STOP_OTHER_PROTOCOL } from '../segment.js';
import { decodeAMsdu } from './a-msdu.js';
import { decodeLlc } from './llc.js';

// IEEE 802.11-2020, 9.2.4 and 9.3.2.
const SHORTEST_HEADER = 24;
const TYPE_MASK = 0x0f;
const TYPE_DATA = 0x08;
const SUBTYPE_NO_DATA = 0x40;
const SUBTYPE_QOS = 0x80;
const BOTH_WAYS = 0x03;
const PROTECTED = 0x40;
const ORDER = 0x80;
const FRAGMENT_NUMBER_AT = 22;
const SWAPPED_FRAGMENT_NUMBER_AT = 23;
const FRAGMENT_NUMBER_MASK = 0x0f;
const FOURTH_ADDRESS_LENGTH = 6;
const QOS_CONTROL_LENGTH = 2;
const HT_CONTROL_LENGTH = 4;
const A_MSDU_PRESENT = 0x80;
const WORD = 4;

/** An 802.11 frame from its frame control field on. */
export function decodeIeee80211(segment: Segment, at: number): boolean {
  if (lacks(segment, at, 2)) return false;
  return decodeDataFrame(segment, at, segment.bytes[at], segment.bytes[at + 1]);
}

/**
 * As `decodeIeee80211`, where the bytes of each field changed places: Cisco's access points send frames to their
 * controller that way.
 */
export function decodeSwappedIeee80211(segment: Segment, at: number): boolean {
  if (lacks(segment, at, 2)) return false;
  return decodeDataFrame(
    segment,
    at,
    segment.bytes[at + 1],
    segment.bytes[at],
    1,
    SWAPPED_FRAGMENT_NUMBER_AT,
  );
}

/** As `decodeIeee80211`, where the driver filled the header up to whole words. */
export function decodePaddedIeee80211(segment: Segment, at: number): boolean {
  if (lacks(segment, at, 2)) return false;
  return decodeDataFrame(segment, at, segment.bytes[at], segment.bytes[at + 1], WORD);
}

function decodeDataFrame(
  segment: Segment,
  at: number,
  control: number,
  flags: number,
  unit = 1,
  fragmentAt = FRAGMENT_NUMBER_AT,
): boolean {
  const isData = (control & TYPE_MASK) === TYPE_DATA && (control & SUBTYPE_NO_DATA) === 0;
  if (!isData) return refuse(segment, STOP_OTHER_PROTOCOL);
  const length = headerLength(control, flags);
  if (lacks(segment, at, length)) return false;
  if ((flags & PROTECTED) !== 0) return refuse(segment, STOP_OPAQUE);
  if ((segment.bytes[at + fragmentAt] & FRAGMENT_NUMBER_MASK) !== 0) return refuse(segment, STOP_FRAGMENT);
  const body = at + Math.ceil(length / unit) * unit;
  return holdsSeveral(segment, at, control, flags) ? decodeAMsdu(segment, body) : decodeLlc(segment, body);
}

function headerLength(control: number, flags: number): number {
  let length = SHORTEST_HEADER;
  if ((flags & BOTH_WAYS) === BOTH_WAYS) length += FOURTH_ADDRESS_LENGTH;
  if ((control & SUBTYPE_QOS) === 0) return length;
  length += QOS_CONTROL_LENGTH;
  return (flags & ORDER) !== 0 ? length + HT_CONTROL_LENGTH : length;
}

function holdsSeveral(segment: Segment, at: number, control: number, flags: number): boolean {
  if ((control & SUBTYPE_QOS) === 0) return false;
  const addresses = (flags & BOTH_WAYS) === BOTH_WAYS ? FOURTH_ADDRESS_LENGTH : 0;
  return (segment.bytes[at + SHORTEST_HEADER + addresses] & A_MSDU_PRESENT) !== 0;
}

/** 802.11 with nothing in front; inside of GRE, where Aruba's access points send it (protocols 0x8200 and on). */
export const ieee80211: Protocol = {
  name: '802.11',
  linkTypes: [105],
  etherTypes: Array.from({ length: 16 }, (_, tunnel) => 0x8200 + tunnel),
  decode: decodeIeee80211,
};
