import type { Frame } from './frame.js';

/** Something about a capture that its reader must know: damage, a cut tail, data that is not understood. */
export interface ReadWarning {
  readonly code: string;
  readonly message: string;
  /** Frame number it concerns, or null when it concerns none. */
  readonly frame: number | null;
  /** Position in the uncompressed capture, in bytes. */
  readonly byteOffset: number | null;
}

/** Walks the frames of one capture format in place. */
export interface FrameReader {
  /** Name of the format as the report shows it. */
  readonly format: string;
  /** Nanoseconds since 1970 of the capture's first frame; null before it. */
  readonly baseTime: bigint | null;
  /**
   * Moves `frame` to the next record in the window. False when the window holds no further whole record: fill it
   * and ask again; after a stop, false for good.
   */
  next(frame: Frame): boolean;
  /** True once reading cannot go on (a length that cannot be), although bytes may be left. */
  readonly stopped: boolean;
  /** To be called when the bytes have ended: says what was cut off. */
  finish(): void;
  readonly warnings: readonly ReadWarning[];
}
