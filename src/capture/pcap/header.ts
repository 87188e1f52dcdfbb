import { AIX, FILE_HEADER_LENGTH, type PcapVariant, variantsOf } from './variants.js';

// The file header: draft-ietf-opsawg-pcap, 4.
const MAJOR_AT = 4;
const MINOR_AT = 6;
const LINK_TYPE_AT = 20;
/** The upper half of the link type field holds the length of a frame check sequence, and reserved bits. */
const LINK_TYPE_MASK = 0xffff;

/** The first version that had today's layout. */
const FIRST_MAJOR = 2;
/** Before 2.3 a record's original length stood first; files of 2.3 itself do it either way (sf-pcap.c). */
const LENGTHS_SETTLED_AFTER = 3;
/** The version that tcpdump of DG/UX writes, with the old order of lengths. */
const DG_UX_MAJOR = 543;
const AIX_MINOR = 2;
/** AIX writes interface types of RFC 1573 where link types belong: Ethernet, token ring, FDDI, loopback. */
const AIX_LINK_TYPES: ReadonlyMap<number, number> = new Map([
  [6, 1],
  [9, 6],
  [15, 10],
  [24, 0],
]);

/** Whether the captured length stands first in a record header, as it should. */
export const LENGTHS_IN_ORDER = 0;
export const LENGTHS_SWAPPED = 1;
/** Where the first exceeds the second, they are swapped. */
export const LENGTHS_BY_SIZE = 2;
type LengthOrder = typeof LENGTHS_IN_ORDER | typeof LENGTHS_SWAPPED | typeof LENGTHS_BY_SIZE;

/** What the header of a classic capture says. */
export interface PcapHeader {
  readonly little: boolean;
  /** Candidates for the layout of the records, the likeliest first. */
  readonly variants: readonly PcapVariant[];
  readonly linkType: number;
  readonly lengthOrder: LengthOrder;
}

/** Reads the file header at `at`; null when no classic capture begins there or its version is older than 2.0. */
export function readPcapHeader(view: DataView, at: number, end: number): PcapHeader | null {
  if (at + FILE_HEADER_LENGTH > end) return null;
  const little = variantsOf(view.getUint32(at, true)) !== undefined;
  const variants = variantsOf(view.getUint32(at, little));
  const major = view.getUint16(at + MAJOR_AT, little);
  if (variants === undefined || major < FIRST_MAJOR) return null;
  const minor = view.getUint16(at + MINOR_AT, little);
  const linkType = view.getUint32(at + LINK_TYPE_AT, little) & LINK_TYPE_MASK;
  const ofAix = major === FIRST_MAJOR && minor === AIX_MINOR ? AIX_LINK_TYPES.get(linkType) : undefined;
  return {
    little,
    variants: ofAix === undefined ? variants : [AIX],
    linkType: ofAix ?? linkType,
    lengthOrder: lengthOrder(major, minor),
  };
}

function lengthOrder(major: number, minor: number): LengthOrder {
  if (major === DG_UX_MAJOR) return LENGTHS_SWAPPED;
  if (major > FIRST_MAJOR || minor > LENGTHS_SETTLED_AFTER) return LENGTHS_IN_ORDER;
  return minor === LENGTHS_SETTLED_AFTER ? LENGTHS_BY_SIZE : LENGTHS_SWAPPED;
}
