import { createHash } from 'node:crypto';

/** One frame as a reader saw it, small enough to be kept. */
export interface FrameImage {
  /** Nanoseconds since 1970. */
  readonly time: bigint;
  readonly capturedLength: number;
  /** Never below `capturedLength`. */
  readonly originalLength: number;
  readonly digest: string;
}

/** What a reader found in a file. */
export interface Reading {
  /** Frames that it numbered. */
  readonly frames: number;
  /** The frames that were asked for, by number. */
  readonly images: ReadonlyMap<number, FrameImage>;
  /** Where it stopped before the end of the file, and why; null when it came to the end. */
  readonly stop: { readonly frame: number; readonly why: string } | null;
  /** Bytes of a last record that is not all there. */
  readonly tail: number;
}

/** Why a reader cannot read a file at all. */
export interface Refusal {
  readonly refusal: string;
}

/** Reads a file to its end and keeps the images of the frames that are asked for. */
export type ReadFile = (path: string, wanted: ReadonlySet<number>) => Promise<Reading | Refusal>;

/** A reader with its name and version. */
export interface NamedReader {
  readonly name: string;
  readonly read: ReadFile;
}

/** The bytes of a frame as one short text. */
export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
