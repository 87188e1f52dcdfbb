import { gzip } from './compression/gzip.js';
import { zstd } from './compression/zstd.js';
import type { ByteSource } from './source.js';

/** One compression: how it is recognised, and how its content is streamed in bounded memory. */
export interface Compression {
  readonly name: string;
  /** Whether bytes begin with its magic. */
  recognises(head: Uint8Array): boolean;
  /**
   * The content, a piece at a time; a piece is never larger than memory allows, whatever the bytes say.
   * @throws DamagedStream where it cannot go on
   */
  inflate(source: ByteSource): AsyncGenerator<Uint8Array, void, undefined>;
}

/** Bytes that `recognises` looks at. */
export const COMPRESSION_MAGIC = 4;

/** The compressions that are read. A further one is added here. */
export const COMPRESSIONS: readonly Compression[] = [gzip, zstd];
