import type { FlowLog } from '../flow/log.js';
import { RST } from '../wire/tcp-flags.js';

/**
 * The numbers of every RST that one capture shows, on whichever connection: where segments are missing or out of order, a
 * RST may stand beside another connection of the same addresses and ports than the one it belongs to.
 */
export class ResetNumbers {
  readonly #numbers = new Set<number>();

  constructor(log: FlowLog) {
    for (const row of log.segments.rows()) {
      const { flags, seq, ack } = log.segments.at(row);
      if ((flags & RST) !== 0) this.#numbers.add(numberOf(seq, ack));
    }
  }

  /** Whether a RST has this number; one that refuses a SYN has its acknowledgement number for one. */
  has(seq: number, ack: number): boolean {
    return this.#numbers.has(numberOf(seq, ack));
  }
}

function numberOf(seq: number, ack: number): number {
  return seq === 0 ? -1 - ack : seq;
}
