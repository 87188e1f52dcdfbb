import { constants, createGunzip, type Gunzip } from 'node:zlib';
import type { ByteSource } from '../source.js';
import type { Compression } from './compression.js';
import { DamagedStream } from './damaged-stream.js';

// RFC 1952, 2.3.1.
const MAGIC = [0x1f, 0x8b];
/** Compressed bytes of the first step; each further one takes twice as many, as little is lost at damage in a small file. */
const FIRST_STEP = 1 << 9;
/** Compressed bytes a step at most. Deflate expands by 1032, so that a step gives less than 17 MB. */
const LARGEST_STEP = 1 << 14;
/** Bytes of one piece of output. Where zlib finds damage, it keeps the piece that it was working on. */
const PIECE = 1 << 14;

export const gzip: Compression = {
  name: 'gzip',
  recognises: (head) => MAGIC.every((byte, i) => head[i] === byte),
  inflate,
};

async function* inflate(source: ByteSource): AsyncGenerator<Uint8Array, void, undefined> {
  const gunzip = createGunzip({ chunkSize: PIECE });
  const pieces: Uint8Array[] = [];
  gunzip.on('data', (piece: Uint8Array) => pieces.push(piece));
  // Every step reports its own failure; without a listener the event would end the process.
  gunzip.on('error', () => {});
  const step = new Uint8Array(LARGEST_STEP);
  let size = FIRST_STEP;
  try {
    for (let count = -1; count !== 0 && !gunzip.readableEnded; size = Math.min(2 * size, LARGEST_STEP)) {
      count = await source.read(step, 0, size);
      // Flushing at the end hands out all there is before the end is asked for, which fails if it is missing.
      const failure = await settled(gunzip, (done) =>
        count > 0 ? gunzip.write(step.slice(0, count), done) : gunzip.flush(constants.Z_SYNC_FLUSH, done),
      );
      yield* pieces.splice(0);
      if (failure !== null) throw new DamagedStream(failure.message);
    }
    if (gunzip.readableEnded) return;
    const failure = await settled(gunzip, () => gunzip.end());
    yield* pieces.splice(0);
    if (failure !== null) throw new DamagedStream(failure.message);
  } finally {
    gunzip.destroy();
  }
}

/**
 * Does something with the stream and waits: for it to be done, for the stream to break, or for its end (zeros behind the
 * last member are padding, and nothing is done with them).
 */
async function settled(gunzip: Gunzip, act: (done: () => void) => unknown): Promise<Error | null> {
  return new Promise((resolve) => {
    const settle = () => {
      gunzip.off('error', settle).off('end', settle);
      // An error of this very step is emitted after its callback.
      setImmediate(() => resolve(gunzip.errored));
    };
    gunzip.once('error', settle).once('end', settle);
    act(settle);
  });
}
