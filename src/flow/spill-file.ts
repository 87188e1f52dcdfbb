import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../errors.js';

/**
 * Pages that do not stay in memory, in a temporary file that has no name any more once it is open: it is gone when
 * the process is, however it ends.
 */
export class SpillFile {
  readonly #file: number;

  /**
   * @param pageBytes size of every page
   * @param file an open file that another thread handed over; without one a new file is made
   */
  constructor(
    private readonly pageBytes: number,
    file?: number,
  ) {
    this.#file = file ?? createUnnamed();
    OPEN_FILES.register(this, this.#file, this);
  }

  /** @throws InputError when the disk is full. */
  write(index: number, page: Uint8Array): void {
    try {
      for (let done = 0; done < page.length; )
        done += writeSync(this.#file, page, done, page.length - done, index * this.pageBytes + done);
    } catch (error) {
      throw unusable(error);
    }
  }

  /** Fills `page` with what was written under `index`. */
  read(index: number, page: Uint8Array): void {
    for (let done = 0; done < page.length; ) {
      const count = readSync(this.#file, page, done, page.length - done, index * this.pageBytes + done);
      if (count === 0) throw new Error(`page ${index} was never written`);
      done += count;
    }
  }

  /** The open file, from now on in the care of the thread that takes it: threads of a process share open files. */
  handOver(): number {
    OPEN_FILES.unregister(this);
    return this.#file;
  }
}

/** A library that analyses many captures in one process must not run out of open files. */
const OPEN_FILES = new FinalizationRegistry<number>((file) => closeSync(file));

function createUnnamed(): number {
  const path = join(tmpdir(), `rst-analyze-${randomUUID()}`);
  try {
    const file = openSync(path, 'wx+', 0o600);
    unlinkSync(path);
    return file;
  } catch (error) {
    throw unusable(error);
  }
}

function unusable(error: unknown): InputError {
  return new InputError(
    `the capture has more connections than fit in memory, and the folder for temporary files cannot take them (${error instanceof Error ? error.message : String(error)}); set TMPDIR to one with room`,
  );
}
