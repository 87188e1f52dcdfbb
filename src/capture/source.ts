import { type FileHandle, open, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { InputError } from '../errors.js';
import { ReadAheadSource } from './read-ahead.js';

/** Where bytes come from: a file, a pipe, standard input, something that is decompressed on the way. */
export interface ByteSource {
  /** Total bytes, where known before reading; null for a pipe. */
  readonly size: number | null;
  /** Reads up to `length` bytes into `target` from `at` on; 0 means the end. */
  read(target: Uint8Array, at: number, length: number): Promise<number>;
  close(): Promise<void>;
}

/** The path that stands for standard input. */
export const STDIN_PATH = '-';

/**
 * Opens one capture for reading.
 * @throws InputError when the path is missing, unreadable, or a directory.
 */
export async function openSource(
  path: string,
  stdin: () => Readable = () => process.stdin,
): Promise<ByteSource> {
  if (path === STDIN_PATH) return chunkSource(stdin());
  try {
    const about = await stat(path);
    if (about.isDirectory()) throw new InputError(`${path} is a directory; name a capture file in it`);
    const file = new FileSource(path, await open(path, 'r'), about.isFile() ? about.size : null);
    return new ReadAheadSource(file);
  } catch (error) {
    throw error instanceof InputError ? error : unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): InputError {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return new InputError(`${path} does not exist; check the path`);
  if (code === 'EACCES') return new InputError(`${path} cannot be read: permission denied`);
  return new InputError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
}

class FileSource implements ByteSource {
  constructor(
    private readonly path: string,
    private readonly file: FileHandle,
    readonly size: number | null,
  ) {}

  async read(target: Uint8Array, at: number, length: number): Promise<number> {
    try {
      return (await this.file.read(target, at, length, null)).bytesRead;
    } catch (error) {
      throw unreadable(this.path, error);
    }
  }

  close(): Promise<void> {
    return this.file.close();
  }
}

/** A source that hands out the chunks of a stream or a generator. */
export function chunkSource(stream: AsyncIterable<Uint8Array>): ByteSource {
  const chunks = stream[Symbol.asyncIterator]();
  let rest: Uint8Array = new Uint8Array(0);
  return {
    size: null,
    async read(target, at, length) {
      while (rest.length === 0) {
        const { done, value } = await chunks.next();
        if (done) return 0;
        rest = value;
      }
      const piece = rest.subarray(0, length);
      target.set(piece, at);
      rest = rest.subarray(piece.length);
      return piece.length;
    },
    async close() {
      await chunks.return?.();
    },
  };
}
