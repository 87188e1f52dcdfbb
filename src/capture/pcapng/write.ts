import { ENHANCED_PACKET, INTERFACE_DESCRIPTION, SECTION_HEADER, TRAILER_LENGTH } from './blocks.js';

// Everything is written little-endian; offsets and codes are those of draft-ietf-opsawg-pcapng.
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
const UNKNOWN_LENGTH = 0xffff_ffff;
const COMMENT = 1;
const IF_NAME = 2;
const IF_TSRESOL = 9;
const EPB_FLAGS = 2;
/** Ten to the minus ninth: nanoseconds. */
const NANOSECONDS = 9;
const OPTION_HEADER = 4;
const PADDING = 3;
const BLOCK_OVERHEAD = 12;
const PACKET_HEAD = 28;
const SECTION_HEAD = 24;
const INTERFACE_HEAD = 16;
/** An option's length has 16 bits; so much text is nobody's comment. */
const LONGEST_TEXT = 32_768;

const encoder = new TextEncoder();

/** A packet to be written. */
export interface PacketToWrite {
  readonly interface: number;
  /** Nanoseconds since 1970. */
  readonly time: bigint;
  readonly bytes: Uint8Array;
  readonly originalLength: number;
  /** As in `epb_flags`: 1 inbound, 2 outbound, 0 unknown. */
  readonly direction: number;
  readonly comment: string | null;
}

/** A section header, of unknown length. */
export function sectionBlock(): Uint8Array {
  const { block, view } = emptyBlock(SECTION_HEADER, SECTION_HEAD);
  view.setUint32(8, BYTE_ORDER_MAGIC, true);
  view.setUint16(12, 1, true);
  view.setUint32(16, UNKNOWN_LENGTH, true);
  view.setUint32(20, UNKNOWN_LENGTH, true);
  return block;
}

/** An interface whose times are nanoseconds. */
export function interfaceBlock(linkType: number, name: string | null): Uint8Array {
  const options = optionList(
    [
      ...(name === null ? [] : [option(IF_NAME, textBytes(name), true)]),
      option(IF_TSRESOL, Uint8Array.of(NANOSECONDS), true),
    ],
    true,
  );
  const { block, view } = emptyBlock(INTERFACE_DESCRIPTION, INTERFACE_HEAD + options.length);
  view.setUint16(8, linkType, true);
  block.set(options, INTERFACE_HEAD);
  return block;
}

/** A packet, with its direction and its comment where it has them. */
export function packetBlock(packet: PacketToWrite): Uint8Array {
  const { bytes, comment, direction, time } = packet;
  const flags = Uint8Array.of(direction, 0, 0, 0);
  const list = [
    ...(comment === null ? [] : [commentOption(comment, true)]),
    ...(direction === 0 ? [] : [option(EPB_FLAGS, flags, true)]),
  ];
  const options = list.length === 0 ? new Uint8Array(0) : optionList(list, true);
  const padded = padTo(bytes.length);
  const { block, view } = emptyBlock(ENHANCED_PACKET, PACKET_HEAD + padded + options.length);
  view.setUint32(8, packet.interface, true);
  view.setUint32(12, Number((time >> 32n) & 0xffff_ffffn), true);
  view.setUint32(16, Number(time & 0xffff_ffffn), true);
  view.setUint32(20, bytes.length, true);
  view.setUint32(24, packet.originalLength, true);
  block.set(bytes, PACKET_HEAD);
  block.set(options, PACKET_HEAD + padded);
  return block;
}

/** A packet block (enhanced or old) with one comment more, before the options that it has; else as it was. */
export function withComment(block: Uint8Array, little: boolean, comment: string): Uint8Array {
  const view = new DataView(block.buffer, block.byteOffset, block.length);
  const optionsAt = PACKET_HEAD + padTo(view.getUint32(20, little));
  const had = block.subarray(optionsAt, block.length - TRAILER_LENGTH);
  const options = had.length === 0 ? optionList([], little) : had;
  const added = commentOption(comment, little);
  const length = optionsAt + added.length + options.length + TRAILER_LENGTH;
  const longer = new Uint8Array(length);
  longer.set(block.subarray(0, optionsAt));
  longer.set(added, optionsAt);
  longer.set(options, optionsAt + added.length);
  const out = new DataView(longer.buffer);
  out.setUint32(4, length, little);
  out.setUint32(length - TRAILER_LENGTH, length, little);
  return longer;
}

/** A section header that no longer says how long its section is: comments make it longer. */
export function withoutLength(section: Uint8Array): Uint8Array {
  const copy = section.slice();
  copy.fill(0xff, 16, SECTION_HEAD);
  return copy;
}

function commentOption(comment: string, little: boolean): Uint8Array {
  return option(COMMENT, textBytes(comment), little);
}

function textBytes(text: string): Uint8Array {
  const bytes = encoder.encode(text);
  if (bytes.length <= LONGEST_TEXT) return bytes;
  // Not in the middle of a character: its further bytes begin with the bits 10.
  let end = LONGEST_TEXT;
  while ((bytes[end] & 0xc0) === 0x80) end -= 1;
  return bytes.subarray(0, end);
}

function option(code: number, value: Uint8Array, little: boolean): Uint8Array {
  const bytes = new Uint8Array(OPTION_HEADER + padTo(value.length));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, code, little);
  view.setUint16(2, value.length, little);
  bytes.set(value, OPTION_HEADER);
  return bytes;
}

/** Options one after the other, with the one that ends them, which is all zeros. */
function optionList(options: readonly Uint8Array[], little: boolean): Uint8Array {
  const all = [...options, option(0, new Uint8Array(0), little)];
  const list = new Uint8Array(all.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const one of all) {
    list.set(one, at);
    at += one.length;
  }
  return list;
}

/** @param headAndBody bytes of the block without its second length */
function emptyBlock(type: number, headAndBody: number): { block: Uint8Array; view: DataView } {
  const length = Math.max(BLOCK_OVERHEAD, headAndBody + TRAILER_LENGTH);
  const block = new Uint8Array(length);
  const view = new DataView(block.buffer);
  view.setUint32(0, type, true);
  view.setUint32(4, length, true);
  view.setUint32(length - TRAILER_LENGTH, length, true);
  return { block, view };
}

function padTo(length: number): number {
  return (length + PADDING) & ~PADDING;
}
