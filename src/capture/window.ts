import type { ByteSource } from './source.js';

/** How much is asked of the operating system at once: large enough that calls do not show in a profile. */
const READ_SIZE = 1 << 20;

/**
 * A reused window over a stream of bytes: readers walk `bytes` from `start` to `end` in place and ask for more when
 * what is left does not hold a whole record. Memory does not depend on the size of the capture.
 */
export class ByteWindow {
  bytes: Uint8Array;
  view: DataView;
  /** First byte not yet consumed. */
  start = 0;
  /** One past the last byte read. */
  end = 0;
  /** Bytes consumed before `bytes[0]`. */
  #base = 0;
  /** True once the source has no more bytes. */
  ended = false;

  constructor(
    private readonly source: ByteSource,
    private readonly readSize = READ_SIZE,
  ) {
    this.bytes = new Uint8Array(2 * readSize);
    this.view = new DataView(this.bytes.buffer);
  }

  /** Position of the byte at `index` of the window in the whole stream. */
  position(index: number): number {
    return this.#base + index;
  }

  get available(): number {
    return this.end - this.start;
  }

  /** Reads on, keeping what is not consumed. Returns false when the source is at its end. */
  async fill(): Promise<boolean> {
    if (this.ended) return false;
    this.#makeRoom();
    const count = await this.source.read(this.bytes, this.end, this.bytes.length - this.end);
    if (count === 0) this.ended = true;
    this.end += count;
    return count > 0;
  }

  /** Reads on until at least `length` unconsumed bytes are there, or the source ends. */
  async require(length: number): Promise<boolean> {
    while (this.available < length) {
      if (!(await this.fill())) return false;
    }
    return true;
  }

  /** Moves the rest to the front; doubles the buffer only when one record alone fills it. */
  #makeRoom(): void {
    if (this.bytes.length - this.end >= this.readSize) return;
    const rest = this.bytes.subarray(this.start, this.end);
    if (this.available + this.readSize > this.bytes.length) {
      const larger = new Uint8Array(this.bytes.length * 2);
      larger.set(rest);
      this.bytes = larger;
      this.view = new DataView(larger.buffer);
    } else {
      this.bytes.copyWithin(0, this.start, this.end);
    }
    this.#base += this.start;
    this.end -= this.start;
    this.start = 0;
  }
}
