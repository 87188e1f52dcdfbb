import type { Compression } from './compression/compression.js';
import { gzip } from './compression/gzip.js';
import { zstd } from './compression/zstd.js';

/** Bytes that `recognises` looks at. */
export const COMPRESSION_MAGIC = 4;

/** The compressions that are read. A further one is added here. */
export const COMPRESSIONS: readonly Compression[] = [gzip, zstd];
