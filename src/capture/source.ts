import { type FileHandle, open, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { InputError } from '../errors.js';

/** Where bytes come from: a file, a pipe, standard input. */
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
  if (path === STDIN_PATH) return new StreamSource(stdin());
  try {
    const about = await stat(path);
    if (about.isDirectory()) throw new InputError(`${path} is a directory; name a capture file in it`);
    return new FileSource(await open(path, 'r'), about.isFile() ? about.size : null);
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
    private readonly file: FileHandle,
    readonly size: number | null,
  ) {}

  async read(target: Uint8Array, at: number, length: number): Promise<number> {
    return (await this.file.read(target, at, length, null)).bytesRead;
  }

  close(): Promise<void> {
    return this.file.close();
  }
}

class StreamSource implements ByteSource {
  readonly size = null;
  readonly #chunks: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array(0);

  constructor(stream: Readable) {
    this.#chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  }

  async read(target: Uint8Array, at: number, length: number): Promise<number> {
    while (this.#rest.length === 0) {
      const { done, value } = await this.#chunks.next();
      if (done) return 0;
      this.#rest = value;
    }
    const piece = this.#rest.subarray(0, length);
    target.set(piece, at);
    this.#rest = this.#rest.subarray(piece.length);
    return piece.length;
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}
