import { SYN_ACK_SEEN } from './connection-flags.js';
import type { FlowLog } from './log.js';

/** Room for a part of a second number beside a sequence number in an exact double. */
const OTHER_BITS = 0x20_0000;

/** Connections of a log, to be recognised when another file shows them once more. */
export class Twins {
  readonly #keys = new Set<number>();
  #rows = 0;

  constructor(private readonly log: FlowLog) {}

  /** Takes up the connections that were added to the log since the last time; true when one was there before. */
  takeUp(): boolean {
    const fresh: number[] = [];
    for (; this.#rows < this.log.connections.length; this.#rows += 1) {
      const key = handshakeKey(this.log, this.#rows);
      if (key !== null) fresh.push(key);
    }
    const known = fresh.some((key) => this.#keys.has(key));
    for (const key of fresh) this.#keys.add(key);
    return known;
  }
}

/** Both initial sequence numbers, as far as they fit into one: they stay what they are on both sides of a balancer. Null without a SYN-ACK. */
export function handshakeKey({ connections }: FlowLog, row: number): number | null {
  const { flags, isn0, isn1 } = connections.at(row);
  return (flags & SYN_ACK_SEEN) === 0 ? null : isn0 * OTHER_BITS + (isn1 % OTHER_BITS);
}
