import type { FlowLog } from '../flow/log.js';
import { ACK, RST } from '../wire/tcp-flags.js';

/**
 * The numbers of every RST that one capture shows, on whichever connection: where segments are missing or out of order, a
 * RST may stand beside another connection of the same addresses and ports than the one it belongs to.
 */
export class ResetNumbers {
  readonly #resets = new Map<string, number[]>();

  constructor(log: FlowLog) {
    for (const row of log.segments.rows()) {
      const { flags, seq, ack, time } = log.segments.at(row);
      if ((flags & RST) === 0) continue;
      const name = nameOf(flags, seq, ack);
      const others = this.#resets.get(name);
      if (others === undefined) this.#resets.set(name, [time]);
      else others.push(time);
    }
  }

  /**
   * When the RSTs of this number and form were seen, in nanoseconds since the capture's first frame; one that refuses a SYN
   * has its acknowledgement number for one.
   */
  timesOf(flags: number, seq: number, ack: number): readonly number[] {
    return this.#resets.get(nameOf(flags, seq, ack)) ?? [];
  }
}

function nameOf(flags: number, seq: number, ack: number): string {
  return `${flags & ACK} ${seq === 0 ? -1 - ack : seq}`;
}
