/** Slot and connection of each entry. */
const ENTRY_WORDS = 2;

/** Closed connections that wait for stragglers, in the order of their closing: a queue of a fixed size. */
export class Lingering {
  readonly #entries: Uint32Array;
  #first = 0;
  #count = 0;

  constructor(private readonly size: number) {
    this.#entries = new Uint32Array(size * ENTRY_WORDS);
  }

  get isFull(): boolean {
    return this.#count === this.size;
  }

  /** Adds one; the queue must not be full. */
  push(slot: number, connection: number): void {
    const at = ((this.#first + this.#count) % this.size) * ENTRY_WORDS;
    this.#entries[at] = slot;
    this.#entries[at + 1] = connection;
    this.#count += 1;
  }

  /** The slot that has waited longest, and whose it was then. */
  get slot(): number {
    return this.#entries[this.#first * ENTRY_WORDS];
  }

  get connection(): number {
    return this.#entries[this.#first * ENTRY_WORDS + 1];
  }

  /** Takes out the one that has waited longest. */
  shift(): void {
    this.#first = (this.#first + 1) % this.size;
    this.#count -= 1;
  }
}
