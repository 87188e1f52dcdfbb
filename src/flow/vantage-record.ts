import type { CaptureFile } from '../capture/files.js';
import type { ReadWarning } from '../capture/reader.js';
import type { FlowLog } from './log.js';

/** One of the files that a capture consists of. */
export interface RecordFile extends CaptureFile {
  /** Frames of the files before it: frames are numbered over all of them, and cited by their number in their own. */
  readonly framesBefore: number;
  readonly frames: number;
}

/** One capture, read to its end: what every later stage works on. */
export interface VantageRecord {
  readonly vantage: string;
  /** As the user knows it: a file, a directory, the first of several files. */
  readonly path: string;
  /** The one interface whose frames these are, where a capture of several was asked for one. */
  readonly interface?: string;
  readonly format: string;
  readonly linkTypes: readonly string[];
  readonly frames: number;
  /** Nanoseconds since 1970 of the first frame; null in a capture without frames. */
  readonly baseTime: bigint | null;
  /** Nanoseconds from the first frame to the last. */
  readonly lastTime: number;
  /** When the capture was running, in all of its files: from and to, in nanoseconds since its first frame. */
  readonly covered: readonly [from: number, to: number];
  readonly warnings: readonly ReadWarning[];
  readonly log: FlowLog;
  /** The files in the order of their frames; only of a capture of several. */
  readonly files?: readonly RecordFile[];
  /** Frames that the capture itself says it lost; absent where it does not say. */
  readonly dropsReported?: number;
}

/** A frame as it is cited: its number, in a capture of several files with the file. */
export interface CitedFrame {
  readonly frame: number;
  readonly file?: string;
}

/** A frame by its number over all files, as its file numbers it. */
export function citedFrame({ files }: Pick<VantageRecord, 'files'>, frame: number): CitedFrame {
  const file = files?.findLast(({ framesBefore }) => framesBefore < frame);
  return file === undefined ? { frame } : { frame: frame - file.framesBefore, file: file.label };
}
