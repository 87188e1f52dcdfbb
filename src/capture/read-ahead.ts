import type { ByteSource } from './source.js';

/** Bytes that are fetched while those before them are worked on. */
const AHEAD = 1 << 20;

/** A source that reads on while what it gave is being worked on: the disk and the parser need not wait in turns. */
export class ReadAheadSource implements ByteSource {
  readonly #chunk: Uint8Array;
  /** Bytes of the chunk that were not handed out: from and to. */
  #from = 0;
  #to = 0;
  #pending: Promise<number> | null = null;
  #ended = false;

  constructor(private readonly source: ByteSource) {
    this.#chunk = new Uint8Array(Math.min(AHEAD, source.size ?? AHEAD));
  }

  get size(): number | null {
    return this.source.size;
  }

  async read(target: Uint8Array, at: number, length: number): Promise<number> {
    if (this.#from === this.#to && !(await this.#arrive())) return 0;
    const count = Math.min(length, this.#to - this.#from);
    target.set(this.#chunk.subarray(this.#from, this.#from + count), at);
    this.#from += count;
    if (this.#from === this.#to) this.#fetch();
    return count;
  }

  async close(): Promise<void> {
    // A file must not be closed under a read; that it failed is nobody's business any more.
    await this.#pending?.catch(() => {});
    await this.source.close();
  }

  /** Waits for the chunk to be filled; false at the end. */
  async #arrive(): Promise<boolean> {
    if (this.#ended) return false;
    this.#fetch();
    const count = await (this.#pending as Promise<number>);
    this.#pending = null;
    [this.#from, this.#to] = [0, count];
    this.#ended = count === 0;
    return count > 0;
  }

  #fetch(): void {
    if (this.#pending !== null) return;
    this.#pending = this.source.read(this.#chunk, 0, this.#chunk.length);
    // Whoever asks next is told; until then nobody listens.
    this.#pending.catch(() => {});
  }
}
