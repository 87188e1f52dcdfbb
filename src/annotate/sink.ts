import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { InputError } from '../errors.js';

/** Where a capture is written to. */
export interface Sink {
  write(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** Bytes that are gathered before they are written. */
const BUFFER_SIZE = 1 << 18;

/**
 * A file to be written, its folder made where it is missing. Bytes that are handed over are copied at once.
 * @throws InputError when it cannot be written
 */
export async function fileSink(path: string): Promise<Sink> {
  const refused = (error: unknown) =>
    new InputError(`cannot write ${path}: ${error instanceof Error ? error.message : String(error)}`);
  const file = await mkdir(dirname(path), { recursive: true })
    .then(() => open(path, 'w'))
    .catch((error: unknown) => Promise.reject(refused(error)));
  const buffer = new Uint8Array(BUFFER_SIZE);
  let used = 0;
  const put = async (bytes: Uint8Array) => {
    for (let at = 0; at < bytes.length; ) {
      const { bytesWritten } = await file.write(bytes, at).catch((error) => Promise.reject(refused(error)));
      at += bytesWritten;
    }
  };
  const flush = async () => {
    await put(buffer.subarray(0, used));
    used = 0;
  };
  return {
    async write(bytes) {
      if (used + bytes.length > BUFFER_SIZE) await flush();
      if (bytes.length > BUFFER_SIZE) return put(bytes);
      buffer.set(bytes, used);
      used += bytes.length;
    },
    async close() {
      try {
        await flush();
      } finally {
        await file.close();
      }
    },
  };
}
