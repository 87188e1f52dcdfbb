import { Frame } from '#src/capture/frame.js';
import { FILE_HEADER_LENGTH, PcapReader } from '#src/capture/pcap.js';
import type { ReadWarning } from '#src/capture/reader.js';
import type { ByteSource } from '#src/capture/source.js';
import { ByteWindow } from '#src/capture/window.js';

/** Bytes in memory as a source that gives at most `pieces()` of them a read. */
export function memorySource(bytes: Uint8Array, pieces: () => number = () => bytes.length): ByteSource {
  let read = 0;
  return {
    size: bytes.length,
    async read(target, at, length) {
      const piece = bytes.subarray(read, read + Math.min(length, Math.max(1, pieces())));
      target.set(piece, at);
      read += piece.length;
      return piece.length;
    },
    async close() {},
  };
}

/** One frame, copied out. */
export interface SeenFrame {
  readonly number: number;
  readonly time: number;
  readonly bytes: readonly number[];
  readonly originalLength: number;
  readonly linkType: number;
  readonly byteOffset: number;
}

export interface ReadCapture {
  readonly format: string;
  readonly baseTime: bigint | null;
  readonly frames: readonly SeenFrame[];
  readonly warnings: readonly ReadWarning[];
}

/** Reads a capture in memory to its end, the way the program does. */
export async function readPcap(bytes: Uint8Array, pieces?: () => number): Promise<ReadCapture> {
  const window = new ByteWindow(memorySource(bytes, pieces));
  await window.require(FILE_HEADER_LENGTH);
  const reader = new PcapReader(window);
  const frame = new Frame();
  const frames: SeenFrame[] = [];
  for (;;) {
    while (reader.next(frame)) frames.push(copyOf(frame));
    if (window.ended) break;
    await window.fill();
  }
  reader.finish();
  return { format: reader.format, baseTime: reader.baseTime, frames, warnings: reader.warnings };
}

function copyOf(frame: Frame): SeenFrame {
  const { number, time, originalLength, linkType, byteOffset } = frame;
  const bytes = [...frame.bytes.subarray(frame.at, frame.at + frame.capturedLength)];
  return { number, time, bytes, originalLength, linkType, byteOffset };
}
