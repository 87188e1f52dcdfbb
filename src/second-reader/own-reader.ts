import { Frame } from '../capture/frame.js';
import { type OpenCapture, openCapture } from '../capture/open.js';
import { digestOf, type FrameImage, type Reading } from './reading.js';

/** Reads a file once more with our own reader, the way the analysis did. */
export async function readAgain(path: string, wanted: ReadonlySet<number>): Promise<Reading> {
  const capture = await openCapture(path);
  try {
    return await readAll(capture, wanted);
  } finally {
    await capture.close();
  }
}

async function readAll({ reader, window }: OpenCapture, wanted: ReadonlySet<number>): Promise<Reading> {
  const frame = new Frame();
  const images = new Map<number, FrameImage>();
  for (;;) {
    while (reader.next(frame)) {
      if (wanted.has(frame.number)) images.set(frame.number, imageOf(frame, reader.baseTime ?? 0n));
    }
    if (window.ended) return { frames: reader.frames, images, stop: null, tail: 0 };
    await window.fill();
  }
}

function imageOf({ time, bytes, at, capturedLength, originalLength }: Frame, base: bigint): FrameImage {
  const digest = digestOf(bytes.subarray(at, at + capturedLength));
  return { time: base + BigInt(time), capturedLength, originalLength, digest };
}
