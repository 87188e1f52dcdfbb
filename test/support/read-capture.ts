import { FORMATS } from '#src/capture/formats.js';
import { Frame } from '#src/capture/frame.js';
import type { ReadWarning } from '#src/capture/reader.js';
import { TimeLine } from '#src/capture/time-line.js';
import { ByteWindow } from '#src/capture/window.js';
import { memorySource } from './read.js';

/** One frame of any format, copied out. */
export interface CapturedFrame {
  readonly number: number;
  readonly time: number;
  readonly bytes: readonly number[];
  readonly originalLength: number;
  readonly linkType: number;
  readonly direction: number;
}

export interface CaptureContent {
  readonly format: string;
  readonly baseTime: bigint | null;
  readonly frames: readonly CapturedFrame[];
  readonly warnings: readonly ReadWarning[];
  readonly dropsReported: number | null;
}

/** Reads a capture of any format in memory to its end, the way the program does. */
export async function readCapture(
  bytes: Uint8Array,
  { pieces, choice = null }: { pieces?: () => number; choice?: string | null } = {},
): Promise<CaptureContent> {
  const window = new ByteWindow(memorySource(bytes, pieces));
  await window.require(1 << 16);
  const format = FORMATS.find((one) => one.recognises(window.view));
  if (format === undefined) throw new Error('no format recognises the bytes');
  const reader = format.open(window, { timeLine: new TimeLine(), interface: choice });
  const frame = new Frame();
  const frames: CapturedFrame[] = [];
  for (;;) {
    while (reader.next(frame)) frames.push(copyOf(frame));
    if (window.ended) break;
    await window.fill();
  }
  reader.finish();
  const { baseTime, warnings, dropsReported } = reader;
  return { format: reader.format, baseTime, frames, warnings, dropsReported };
}

function copyOf({
  number,
  time,
  bytes,
  at,
  capturedLength,
  originalLength,
  linkType,
  direction,
}: Frame): CapturedFrame {
  const copy = [...bytes.subarray(at, at + capturedLength)];
  return { number, time, bytes: copy, originalLength, linkType, direction };
}
