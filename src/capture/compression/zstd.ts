import { Decompress } from 'fzstd';
import type { ByteSource } from '../source.js';
import { ByteWindow } from '../window.js';
import type { Compression } from './compression.js';
import { DamagedStream } from './damaged-stream.js';
import { FRAME_MAGIC, type FrameHeader, headerLength, isSkippable, readFrameHeader } from './zstd-header.js';

const MAGIC_LENGTH = 4;
/** Magic and length of a skippable frame (RFC 8878, 3.1.2). */
const SKIPPABLE_HEADER = 8;
/** Three bytes: last block, type, size (RFC 8878, 3.1.1.2). */
const BLOCK_HEADER = 3;
const RUN_LENGTH_BLOCK = 1;
/** Block_Maximum_Size (RFC 8878, 3.1.1.2.4). */
const LARGEST_BLOCK = 1 << 17;
/** What is asked of the source at once. */
const READ_SIZE = 1 << 17;

export const zstd: Compression = {
  name: 'zstd',
  recognises: (head) =>
    isMagic(new DataView(head.buffer, head.byteOffset, head.byteLength).getUint32(0, true)),
  inflate,
};

function isMagic(magic: number): boolean {
  return magic === FRAME_MAGIC || isSkippable(magic);
}

/**
 * Walks frames and blocks itself and feeds the decoder one block at a time: the decoder believes the window size that
 * a frame claims and would hand out all of a chunk's content at once.
 */
async function* inflate(source: ByteSource): AsyncGenerator<Uint8Array, void, undefined> {
  const input = new ByteWindow(source, READ_SIZE);
  while (await input.require(1)) {
    await need(input, MAGIC_LENGTH);
    const magic = input.view.getUint32(input.start, true);
    if (isSkippable(magic)) await skipFrame(input);
    else if (magic === FRAME_MAGIC) yield* inflateFrame(input);
    else throw new DamagedStream('bytes that are no zstd frame follow');
  }
}

async function* inflateFrame(input: ByteWindow): AsyncGenerator<Uint8Array, void, undefined> {
  await need(input, MAGIC_LENGTH + 1);
  await need(input, headerLength(input.bytes[input.start + MAGIC_LENGTH]));
  const header = readFrameHeader(input.view, input.start);
  const pieces: Uint8Array[] = [];
  const decoder = new Decompress((piece) => pieces.push(piece));
  feed(decoder, take(input, header.length), false);
  for (let last = false; !last; ) {
    const block = await takeBlock(input, header);
    last = block.last;
    feed(decoder, block.bytes, last);
    yield* pieces.splice(0).filter(({ length }) => length > 0);
  }
}

/** One block with its header; the last one with the frame's checksum. */
async function takeBlock(
  input: ByteWindow,
  frame: FrameHeader,
): Promise<{ bytes: Uint8Array; last: boolean }> {
  await need(input, BLOCK_HEADER);
  const { bytes, start } = input;
  const header = bytes[start] | (bytes[start + 1] << 8) | (bytes[start + 2] << 16);
  const last = (header & 1) === 1;
  const size = header >>> 3;
  if (size > LARGEST_BLOCK) throw new DamagedStream('a zstd block is larger than blocks can be');
  const content = ((header >>> 1) & 3) === RUN_LENGTH_BLOCK ? 1 : size;
  const length = BLOCK_HEADER + content + (last ? frame.checksumLength : 0);
  await need(input, length);
  return { bytes: take(input, length), last };
}

async function skipFrame(input: ByteWindow): Promise<void> {
  await need(input, SKIPPABLE_HEADER);
  let left = SKIPPABLE_HEADER + input.view.getUint32(input.start + MAGIC_LENGTH, true);
  while (left > 0) {
    await need(input, 1);
    const skipped = Math.min(left, input.available);
    input.start += skipped;
    left -= skipped;
  }
}

async function need(input: ByteWindow, length: number): Promise<void> {
  if (!(await input.require(length))) throw new DamagedStream('unexpected end of file');
}

/** A copy: the decoder may keep it longer than the window does. */
function take(input: ByteWindow, length: number): Uint8Array {
  const bytes = input.bytes.slice(input.start, input.start + length);
  input.start += length;
  return bytes;
}

function feed(decoder: Decompress, bytes: Uint8Array, last: boolean): void {
  try {
    decoder.push(bytes, last);
  } catch (error) {
    throw new DamagedStream(error instanceof Error ? error.message : String(error));
  }
}
