import { DIRECTION_INBOUND, DIRECTION_OUTBOUND, DIRECTION_UNKNOWN, type Direction } from '../frame.js';
import { ENHANCED_PACKET, OLD_PACKET, TRAILER_LENGTH } from './blocks.js';
import { findOption } from './options.js';

// Offsets from the start of the block. Enhanced and old packet blocks differ only in how the interface is written:
// draft-ietf-opsawg-pcapng, 4.3 and appendix A. The simple packet block: 4.4.
const INTERFACE_AT = 8;
const TIME_HIGH_AT = 12;
const TIME_LOW_AT = 16;
const CAPTURED_AT = 20;
const ORIGINAL_AT = 24;
const DATA_AT = 28;
/** Bytes of a packet block before its data. */
export const PACKET_FIELDS_LENGTH = DATA_AT;
/** Options of one packet together, comments and all, hardly ever take more. */
const MOST_OPTIONS = 0x1_0000;
const SIMPLE_ORIGINAL_AT = 8;
const SIMPLE_DATA_AT = 12;
const WORD_PADDING = 3;
/** `epb_flags`, and `pack_flags` of the old block: the lowest two bits are the direction. */
const FLAGS = 2;
const FLAGS_LENGTH = 4;
const DIRECTION_MASK = 3;
/** Option header and flags: a block with less room behind its data has none. */
const SMALLEST_FLAGS = 8;

/** The fields of a packet block, whichever of the three it is: one reused record. */
export class PacketFields {
  interface = 0;
  /** False in simple packet blocks, which have no time. */
  hasTime = false;
  timeHigh = 0;
  timeLow = 0;
  dataAt = 0;
  /** As the block claims; the reader holds it against what the block has room for. */
  captured = 0;
  original = 0;
  /** Bytes of data that the block has room for. */
  room = 0;

  /** Reads the block of `length` bytes at `at`. False when it is too short for its own fields. */
  read(view: DataView, at: number, length: number, type: number, little: boolean): boolean {
    const isSimple = type !== ENHANCED_PACKET && type !== OLD_PACKET;
    const head = isSimple ? SIMPLE_DATA_AT : DATA_AT;
    this.dataAt = at + head;
    this.room = length - head - TRAILER_LENGTH;
    if (this.room < 0) return false;
    this.hasTime = !isSimple;
    if (isSimple) {
      this.interface = 0;
      this.original = view.getUint32(at + SIMPLE_ORIGINAL_AT, little);
      this.captured = Math.min(this.original, this.room);
      return true;
    }
    this.interface =
      type === OLD_PACKET
        ? view.getUint16(at + INTERFACE_AT, little)
        : view.getUint32(at + INTERFACE_AT, little);
    this.timeHigh = view.getUint32(at + TIME_HIGH_AT, little);
    this.timeLow = view.getUint32(at + TIME_LOW_AT, little);
    this.captured = view.getUint32(at + CAPTURED_AT, little);
    this.original = view.getUint32(at + ORIGINAL_AT, little);
    return true;
  }

  /** Whether a block's length goes with the length of its data; reads no further than the fields before the data. */
  fits(view: DataView, at: number, length: number, type: number, little: boolean): boolean {
    if (!this.read(view, at, length, type, little) || this.captured > this.room) return false;
    return this.room - this.captured < MOST_OPTIONS;
  }

  /** The direction that the block's flags give. */
  direction(view: DataView, little: boolean): Direction {
    if (!this.hasTime || this.captured > this.room) return DIRECTION_UNKNOWN;
    const padded = (this.captured + WORD_PADDING) & ~WORD_PADDING;
    if (this.room - padded < SMALLEST_FLAGS) return DIRECTION_UNKNOWN;
    const flags = findOption(view, this.dataAt + padded, this.dataAt + this.room, little, FLAGS);
    if (flags?.length !== FLAGS_LENGTH) return DIRECTION_UNKNOWN;
    const bits = view.getUint32(flags.at, little) & DIRECTION_MASK;
    if (bits === DIRECTION_INBOUND) return DIRECTION_INBOUND;
    return bits === DIRECTION_OUTBOUND ? DIRECTION_OUTBOUND : DIRECTION_UNKNOWN;
  }
}
