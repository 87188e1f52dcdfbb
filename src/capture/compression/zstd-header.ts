import { InputError } from '../../errors.js';

// Frame headers: RFC 8878, 3.1.1.1.
export const FRAME_MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;
const DESCRIPTOR_AT = 4;
const SINGLE_SEGMENT = 1 << 5;
const CHECKSUM = 1 << 2;
const DICTIONARY = 3;
const CHECKSUM_LENGTH = 4;
const DICTIONARY_LENGTHS = [0, 1, 2, 4];
const SIZE_LENGTHS = [0, 2, 4, 8];
const SIZE_OF_TWO_BYTES_FROM = 256;
/** Smallest window, as a power of two. */
const WINDOW_BASE = 10;
const MEBIBYTE = 1 << 20;
/** The window that RFC 8878, 3.1.1.1.2, asks decoders to have: all that zstd -19 and below need. */
const LARGEST_WINDOW = 8 * MEBIBYTE;

/** What the header of a frame says. */
export interface FrameHeader {
  /** Bytes from the magic to the first block. */
  readonly length: number;
  readonly checksumLength: number;
}

/** Frames that carry something other than content. */
export function isSkippable(magic: number): boolean {
  return (magic & ~0xf) >>> 0 === SKIPPABLE_MAGIC;
}

/** Bytes that a header with this descriptor has. */
export function headerLength(descriptor: number): number {
  const single = (descriptor & SINGLE_SEGMENT) !== 0;
  const sizeLength = SIZE_LENGTHS[descriptor >>> 6] || (single ? 1 : 0);
  return DESCRIPTOR_AT + 1 + (single ? 0 : 1) + DICTIONARY_LENGTHS[descriptor & DICTIONARY] + sizeLength;
}

/**
 * Reads the header of the frame at `at`, all of which is there.
 * @throws InputError when the frame needs a dictionary, or more memory than it is given
 */
export function readFrameHeader(view: DataView, at: number): FrameHeader {
  const descriptor = view.getUint8(at + DESCRIPTOR_AT);
  if ((descriptor & DICTIONARY) !== 0)
    throw new InputError('is compressed with a zstd dictionary; decompress it first: zstd -d -D dictionary');
  const window = windowOf(view, at, descriptor);
  if (window > LARGEST_WINDOW) {
    const size = Math.ceil(window / MEBIBYTE);
    throw new InputError(
      `needs a zstd window of ${size} MiB, more than is read here; decompress it first: zstd -d --long=31`,
    );
  }
  return {
    length: headerLength(descriptor),
    checksumLength: (descriptor & CHECKSUM) !== 0 ? CHECKSUM_LENGTH : 0,
  };
}

/** How far back the frame reaches, in bytes: of a single segment, all of its content. */
function windowOf(view: DataView, at: number, descriptor: number): number {
  const next = at + DESCRIPTOR_AT + 1;
  if ((descriptor & SINGLE_SEGMENT) !== 0) return contentSize(view, next, descriptor);
  const byte = view.getUint8(next);
  const base = 2 ** (WINDOW_BASE + (byte >>> 3));
  return base + (base / 8) * (byte & 7);
}

function contentSize(view: DataView, at: number, descriptor: number): number {
  const length = SIZE_LENGTHS[descriptor >>> 6] || 1;
  if (length === 1) return view.getUint8(at);
  if (length === 2) return view.getUint16(at, true) + SIZE_OF_TWO_BYTES_FROM;
  return length === 4 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true));
}
