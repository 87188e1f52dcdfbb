import { join } from './bytes.js';

// RFC 8878, 3.1.1: magic, descriptor (nothing but a window), window of 8 MiB.
const FRAME_HEADER = [0x28, 0xb5, 0x2f, 0xfd, 0, 13 << 3];
/** The longest content of a block: RFC 8878, 3.1.1.2.4. */
const LARGEST_BLOCK = 1 << 17;
const RAW = 0;
const RUN = 1;

/** A zstd frame that stores bytes as they are. */
export function zstdStored(bytes: Uint8Array): Uint8Array {
  const count = Math.max(1, Math.ceil(bytes.length / LARGEST_BLOCK));
  const blocks = Array.from({ length: count }, (_, i) => {
    const content = bytes.subarray(i * LARGEST_BLOCK, (i + 1) * LARGEST_BLOCK);
    return join(blockHeader(content.length, RAW, i === count - 1), content);
  });
  return join(FRAME_HEADER, ...blocks);
}

/** A zstd frame that stores `bytes`, and then says one byte as often as `times` blocks can. */
export function zstdBomb(bytes: Uint8Array, byte: number, times: number): Uint8Array {
  const run = join(blockHeader(LARGEST_BLOCK, RUN, false), [byte]);
  const end = blockHeader(0, RAW, true);
  return join(FRAME_HEADER, blockHeader(bytes.length, RAW, false), bytes, ...Array(times).fill(run), end);
}

function blockHeader(size: number, type: number, last: boolean): number[] {
  const header = (size << 3) | (type << 1) | (last ? 1 : 0);
  return [header & 0xff, (header >>> 8) & 0xff, header >>> 16];
}
