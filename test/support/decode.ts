import { Frame } from '#src/capture/frame.js';
import { decodeFrame } from '#src/wire/decode.js';
import { Segment } from '#src/wire/segment.js';
import { type Bytes, join } from './bytes.js';
import { ETHERNET } from './link.js';

/** What surrounds a frame in the reader's buffer: read as a length or an address it would show at once. */
const SURROUNDINGS = new Uint8Array(96).fill(0xa5);

export interface DecodeForm {
  linkType?: number;
  /** Bytes that the snapshot length leaves of the frame. */
  snapLength?: number;
}

/** A frame somewhere in the middle of a reader's buffer. */
export function frameOf(
  bytes: Bytes,
  { linkType = ETHERNET, snapLength = bytes.length }: DecodeForm = {},
): Frame {
  const captured = bytes.slice(0, snapLength);
  const frame = new Frame();
  frame.bytes = join(SURROUNDINGS, captured, SURROUNDINGS);
  frame.at = SURROUNDINGS.length;
  frame.capturedLength = captured.length;
  frame.originalLength = bytes.length;
  frame.linkType = linkType;
  return frame;
}

/** Decodes one frame; `found` tells whether it holds a TCP segment. */
export function decode(bytes: Bytes, form: DecodeForm = {}): { found: boolean; segment: Segment } {
  const segment = new Segment();
  const found = decodeFrame(frameOf(bytes, form), segment);
  return { found, segment };
}

/** The segment of a frame that has one. */
export function segmentOf(bytes: Bytes, form: DecodeForm = {}): Segment {
  const { found, segment } = decode(bytes, form);
  if (!found) throw new Error(`no TCP segment was found (stop ${segment.stop})`);
  return segment;
}

/** Why a frame has no segment. */
export function stopOf(bytes: Bytes, form: DecodeForm = {}): number {
  const { found, segment } = decode(bytes, form);
  if (found) throw new Error('a TCP segment was found');
  return segment.stop;
}
