import { type Answer, MORE, NO, YES } from '../search.js';
import type { ByteWindow } from '../window.js';

// Blocks: draft-ietf-opsawg-pcapng, 3.1; block types: 4 and 11.1.
export const SECTION_HEADER = 0x0a0d0d0a;
export const INTERFACE_DESCRIPTION = 1;
/** The obsolete packet block (draft, appendix A). */
export const OLD_PACKET = 2;
export const SIMPLE_PACKET = 3;
const NAME_RESOLUTION = 4;
export const INTERFACE_STATISTICS = 5;
export const ENHANCED_PACKET = 6;
const SYSTEMD_JOURNAL = 9;
const DECRYPTION_SECRETS = 10;
const CUSTOM = 0xbad;
const CUSTOM_NOT_COPIED = 0x4000_0bad;

/** Types, length and once more the length: what a block has without a body. */
export const SMALLEST_BLOCK = 12;
/** Type and length: what stands before a block's body. */
export const BODY_AT = 8;
/** Length again: what stands behind it. */
export const TRAILER_LENGTH = 4;
/** What Wireshark takes for a damaged file (MAX_BLOCK_SIZE, wiretap/pcapng.c): 16 MiB. */
const LARGEST_BLOCK = 16 << 20;
/** A frame as long as a network has, with all the comments that anyone wrote. */
const LARGEST_PACKET_BLOCK = 1 << 20;

const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
/** Where a section header says its byte order: in its first body field. */
const BYTE_ORDER_AT = 8;

/** The types that a block can be recognised by when the thread is lost. */
const KNOWN_TYPES = new Set([
  SECTION_HEADER,
  INTERFACE_DESCRIPTION,
  OLD_PACKET,
  SIMPLE_PACKET,
  NAME_RESOLUTION,
  INTERFACE_STATISTICS,
  ENHANCED_PACKET,
  SYSTEMD_JOURNAL,
  DECRYPTION_SECRETS,
  CUSTOM,
  CUSTOM_NOT_COPIED,
]);

/** Whether blocks of a type hold a packet each, and so have a frame number. */
export function isPacketType(type: number): boolean {
  return type === ENHANCED_PACKET || type === SIMPLE_PACKET || type === OLD_PACKET;
}

/** The longest that a block of a type is believed to be, in bytes. */
export function largestOf(type: number): number {
  return isPacketType(type) ? LARGEST_PACKET_BLOCK : LARGEST_BLOCK;
}

/** Byte order of the section whose header stands at `at`: little endian, or not; null where it says neither. */
export function sectionIsLittle(view: DataView, at: number): boolean | null {
  const magic = view.getUint32(at + BYTE_ORDER_AT, true);
  if (magic === BYTE_ORDER_MAGIC) return true;
  return view.getUint32(at + BYTE_ORDER_AT, false) === BYTE_ORDER_MAGIC ? false : null;
}

/** Whether a length can be the one of a block of this type. */
export function isPossibleLength(type: number, length: number): boolean {
  return length >= SMALLEST_BLOCK && length % 4 === 0 && length <= largestOf(type);
}

/**
 * Whether blocks begin at `at`: one of a known type whose two lengths agree, with another one behind it or the end.
 * Longer blocks than those of packets are not waited for.
 */
export function blockBeginsAt(window: ByteWindow, at: number, sectionLittle: boolean): Answer {
  const first = wholeBlock(window, at, sectionLittle);
  if (first.answer !== YES) return first.answer;
  if (first.next === window.end && window.ended) return YES;
  if (first.next + SMALLEST_BLOCK > window.end) return window.ended ? YES : MORE;
  return blockLength(window, first.next, first.little) > 0 ? YES : NO;
}

interface WholeBlock {
  readonly answer: Answer;
  readonly next: number;
  readonly little: boolean;
}

const NO_BLOCK: WholeBlock = { answer: NO, next: 0, little: true };
const CUT_BLOCK: WholeBlock = { answer: MORE, next: 0, little: true };

function wholeBlock(window: ByteWindow, at: number, sectionLittle: boolean): WholeBlock {
  const { view, end, ended } = window;
  if (at + SMALLEST_BLOCK > end) return ended ? NO_BLOCK : CUT_BLOCK;
  const length = blockLength(window, at, sectionLittle);
  if (length === 0 || length > LARGEST_PACKET_BLOCK) return NO_BLOCK;
  if (at + length > end) return ended ? NO_BLOCK : CUT_BLOCK;
  const little = littleAt(view, at, sectionLittle);
  const agrees = view.getUint32(at + length - TRAILER_LENGTH, little) === length;
  return agrees ? { answer: YES, next: at + length, little } : NO_BLOCK;
}

/** Length of the block whose header stands at `at`; 0 when there can be none. */
function blockLength({ view }: ByteWindow, at: number, sectionLittle: boolean): number {
  const little = littleAt(view, at, sectionLittle);
  const type = view.getUint32(at, little);
  if (!KNOWN_TYPES.has(type)) return 0;
  if (type === SECTION_HEADER && sectionIsLittle(view, at) === null) return 0;
  const length = view.getUint32(at + TYPE_LENGTH, little);
  return isPossibleLength(type, length) ? length : 0;
}

/** Bytes of a block's type. */
const TYPE_LENGTH = 4;

function littleAt(view: DataView, at: number, sectionLittle: boolean): boolean {
  const isSection = view.getUint32(at, true) === SECTION_HEADER;
  return isSection ? (sectionIsLittle(view, at) ?? sectionLittle) : sectionLittle;
}
