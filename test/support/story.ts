import { type Host, Tape, type Told } from './tape.js';

export const CLIENT: Host = { ip: '192.0.2.10', port: 40_000 };
export const SERVER: Host = { ip: '198.51.100.7', port: 443 };

type Line = Omit<Told, 'seq'> & { seq?: number };

/** A connection that is told by who says what; sequence numbers follow from what was said before. */
export class Story {
  readonly #next: [number, number];

  constructor(
    readonly tape: Tape = new Tape(),
    readonly client: Host = CLIENT,
    readonly server: Host = SERVER,
    readonly isns: readonly [number, number] = [1000, 5000],
  ) {
    this.#next = [...isns];
  }

  /** The next sequence numbers of both sides. */
  get next(): readonly [number, number] {
    return this.#next;
  }

  /** The client says something; returns the frame. */
  up(line: Line): number {
    return this.#say(0, line);
  }

  /** The server says something; returns the frame. */
  down(line: Line): number {
    return this.#say(1, line);
  }

  /** SYN, SYN-ACK, ACK: three frames. */
  handshake(at?: number): this {
    this.up(at === undefined ? { flags: 'S' } : { flags: 'S', at });
    this.down({ flags: 'SA' });
    this.up({ flags: 'A' });
    return this;
  }

  /** FIN from the client, FIN from the server, both acknowledged: three frames. */
  close(): this {
    this.up({ flags: 'FA' });
    this.down({ flags: 'FA' });
    this.up({ flags: 'A' });
    return this;
  }

  #say(side: 0 | 1, line: Line): number {
    const seq = line.seq ?? this.#next[side];
    const ack = line.ack ?? (line.flags.includes('A') ? this.#next[1 - side] : 0);
    const [from, to] = side === 0 ? [this.client, this.server] : [this.server, this.client];
    const frame = this.tape.send(from, to, { ...line, seq, ack });
    if (!line.flags.includes('R')) this.#next[side] = (seq + lengthOf(line)) >>> 0;
    return frame;
  }
}

function lengthOf({ flags, data = 0 }: Line): number {
  const bytes = typeof data === 'number' ? data : data.length;
  return bytes + (flags.includes('S') ? 1 : 0) + (flags.includes('F') ? 1 : 0);
}
