import type { Frame } from './frame.js';

/** Something about a capture that its reader must know: damage, a cut tail, data that is not understood. */
export interface ReadWarning {
  readonly code: string;
  readonly message: string;
  /** Frame number it concerns, or null when it concerns none. */
  readonly frame: number | null;
  /** Position in the uncompressed capture, in bytes. */
  readonly byteOffset: number | null;
  /** The file it concerns; only in captures of several files. */
  readonly file?: string;
}

/** Walks the frames of one capture format in place. */
export interface FrameReader {
  /** Name of the format as the report shows it. */
  readonly format: string;
  /** Nanoseconds since 1970 of the first frame on the reader's time line; null before it. */
  readonly baseTime: bigint | null;
  /** Frames numbered so far, also those of interfaces that were not asked for. */
  readonly frames: number;
  /** Frames that the capture itself says it lost before they were written; null where it does not say. */
  readonly dropsReported: number | null;
  /** Names of the interfaces that there are, where one was asked for that is not among them; else null. */
  readonly unmatchedInterfaces: readonly string[] | null;
  /**
   * Moves `frame` to the next record in the window. False when the window holds no further whole record: fill it
   * and ask again, once more also after its end (damage near the end is looked into only then).
   */
  next(frame: Frame): boolean;
  /** To be called when the bytes have ended: says what was cut off or lost. */
  finish(): void;
  readonly warnings: readonly ReadWarning[];
}
