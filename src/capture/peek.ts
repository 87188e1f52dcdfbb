import type { ByteSource } from './source.js';

/** A source whose first bytes can be looked at before they are read, and that counts what it gave. */
export class PeekSource implements ByteSource {
  readonly size: number | null;
  /** Bytes read so far. */
  position = 0;
  #head: Uint8Array = new Uint8Array(0);

  constructor(private readonly source: ByteSource) {
    this.size = source.size;
  }

  /** The first `length` bytes, or as many as there are. Only before the first read. */
  async peek(length: number): Promise<Uint8Array> {
    const head = new Uint8Array(length);
    let have = 0;
    for (let count = -1; count !== 0 && have < length; have += count)
      count = await this.source.read(head, have, length - have);
    this.#head = head.subarray(0, have);
    return this.#head;
  }

  async read(target: Uint8Array, at: number, length: number): Promise<number> {
    const piece = this.#head.subarray(0, length);
    if (piece.length > 0) {
      target.set(piece, at);
      this.#head = this.#head.subarray(piece.length);
    }
    const count = piece.length > 0 ? piece.length : await this.source.read(target, at, length);
    this.position += count;
    return count;
  }

  close(): Promise<void> {
    return this.source.close();
  }
}
