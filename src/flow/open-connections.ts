import { offsetsOf, PAGE_MASK, PAGE_ROWS, PAGE_SHIFT, type Page, pageOver, sizeOf } from './layout.js';
import { CONNECTION, RING, SEGMENT, SIDE } from './schema.js';

/**
 * How many segments of an open connection are remembered: a keepalive failure with the Linux default of 9 probes
 * and what came before it fits.
 */
export const RING_SIZE = 16;
/** In the place of a connection's row in the log: the slot is free. */
export const NOBODY = 0xffff_ffff;

/** Bytes from the beginning of an open connection to its parts. The first is a row of `CONNECTION`. */
export const RING_AT = sizeOf(CONNECTION);
export const SIDE_SIZE = sizeOf(SIDE);
export const SIDES_AT = RING_AT + sizeOf(RING);
export const SEGMENT_SIZE = sizeOf(SEGMENT);
export const SEGMENTS_AT = SIDES_AT + 2 * SIDE_SIZE;
const SIZE = SEGMENTS_AT + RING_SIZE * SEGMENT_SIZE;

const { connection: ringConnection, lastKept: ringLastKept, seen: ringSeen } = offsetsOf(RING);
/** Bytes of a cache line, on all that this is likely to run on. */
const LINE = 64;

/**
 * Everything about each open connection in one piece of less than a kilobyte: a packet of a connection that was not
 * seen for a while costs a miss or two of the caches, not one for each thing that is known of it. A connection is
 * reached through its page and the byte of that page at which it begins.
 */
export class OpenConnections {
  readonly #pages: Page[] = [];
  readonly #free: number[] = [];
  /** Slots ever used. */
  length = 0;
  /** What `touch` read, in sum: means nothing, but what had no result at all would not be read. */
  touched = 0;

  /** Connections that are open now. */
  get count(): number {
    return this.length - this.#free.length;
  }

  page(slot: number): Page {
    return this.#pages[slot >>> PAGE_SHIFT];
  }

  /** Byte of its page at which the connection begins. */
  at(slot: number): number {
    return (slot & PAGE_MASK) * SIZE;
  }

  /** Reads a word of each cache line that segments of these connections will need, and changes nothing; -1 is none. */
  touch(slots: Int32Array, count: number): void {
    let sum = 0;
    for (let i = 0; i < count; i += 1) {
      const slot = slots[i];
      if (slot < 0) continue;
      const { u32 } = this.#pages[slot >>> PAGE_SHIFT];
      const at4 = ((slot & PAGE_MASK) * SIZE) >> 2;
      for (let word = 0; word < SEGMENTS_AT / 4; word += LINE / 4) sum += u32[at4 + word];
    }
    for (let i = 0; i < count; i += 1) {
      const slot = slots[i];
      if (slot < 0) continue;
      const { u32 } = this.#pages[slot >>> PAGE_SHIFT];
      const at4 = ((slot & PAGE_MASK) * SIZE) >> 2;
      const next = u32[at4 + RING_AT / 4 + ringSeen] % RING_SIZE;
      sum += u32[at4 + (SEGMENTS_AT + next * SEGMENT_SIZE) / 4];
    }
    this.touched = sum;
  }

  /** A slot for a connection, given its row in the log; all else about it is zero. */
  take(connection: number): number {
    const slot = this.#free.pop() ?? this.#append();
    const { u8, u32, i32 } = this.page(slot);
    const at = this.at(slot);
    u8.fill(0, at, at + SEGMENTS_AT);
    u32[((at + RING_AT) >> 2) + ringConnection] = connection;
    i32[((at + RING_AT) >> 2) + ringLastKept] = -1;
    return slot;
  }

  /** Lets go of a slot. */
  release(slot: number): void {
    this.page(slot).u32[((this.at(slot) + RING_AT) >> 2) + ringConnection] = NOBODY;
    this.#free.push(slot);
  }

  /** Row in the log of the connection that has the slot, or `NOBODY`. */
  connectionOf(slot: number): number {
    return this.page(slot).u32[((this.at(slot) + RING_AT) >> 2) + ringConnection];
  }

  #append(): number {
    const slot = this.length;
    this.length += 1;
    if (this.#pages.length * PAGE_ROWS < this.length)
      this.#pages.push(pageOver(new ArrayBuffer(PAGE_ROWS * SIZE)));
    return slot;
  }
}
