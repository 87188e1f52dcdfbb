import type { Packet } from '#src/evidence/timeline.js';
import type { Connection, SeenSegment, Side } from '#src/flow/connection.js';
import type { Path } from '#src/pair/path.js';
import { ACK, FIN, PSH, RST, SYN } from '#src/wire/tcp-flags.js';

const SECOND = 1e9;
const BITS: Readonly<Record<string, number>> = { S: SYN, F: FIN, R: RST, P: PSH, A: ACK };

/** A packet as a test tells it; sequence numbers of both sides begin at 1000 and 5000. */
export interface Line {
  readonly from?: Side;
  /** Seconds. */
  readonly at: number;
  readonly flags?: string;
  readonly seq?: number;
  readonly ack?: number;
  readonly length?: number;
  readonly window?: number;
  readonly timestamp?: number | null;
  /** Which captures show it. */
  readonly seen?: 'client' | 'server' | 'both';
}

let frames = 0;

/** One packet of a timeline, without a capture around it. */
export function packet(line: Line): Packet {
  const { from = 0, at, flags = 'A', length = 0, seen = 'both' } = line;
  const seq = line.seq ?? (from === 0 ? 1000 : 5000);
  const ack = line.ack ?? (from === 0 ? 5000 : 1000);
  const bits = [...flags].reduce((sum, letter) => sum | (BITS[letter] ?? 0), 0);
  frames += 1;
  const segment: SeenSegment = {
    frame: frames,
    time: at * SECOND,
    from,
    seq,
    ack,
    flags: bits,
    length,
    window: line.window ?? 500,
    ttl: 64,
    ipId: 1,
    tos: 0,
    timestamp: line.timestamp ?? null,
    dontFragment: true,
    hasOptions: line.timestamp !== undefined,
    optionsCut: false,
    direction: null,
    tunnel: null,
    outerTtl: null,
    payload: null,
    flowLabel: null,
    mptcpReset: null,
  };
  return {
    from,
    seq,
    ack,
    flags: bits,
    length,
    client: seen === 'server' ? null : segment,
    server: seen === 'client' ? null : segment,
    time: at * SECOND,
  };
}

/** A keepalive probe of the client. */
export function probe(at: number, seen: Line['seen'] = 'client', timestamp: number | null = null): Packet {
  return packet({ at, seq: 999, seen, timestamp });
}

/** The client's RST, as an aborting socket sends it. */
export function reset(at: number, seen: Line['seen'] = 'both', timestamp: number | null = null): Packet {
  return packet({ at, flags: 'RA', seen, timestamp });
}

/** Both sides' last words before a silence: what is needed to know the numbers and the windows. */
export function lastWords(at: number): Packet[] {
  return [
    packet({ at: at - 0.02, from: 0, flags: 'PA', seq: 990, length: 10 }),
    packet({ at, from: 1, ack: 1000 }),
  ];
}

/** A path whose captures are these; of its connections only that they are there. */
export function pathSeenAt(...ends: readonly ('client' | 'server')[]): Path {
  const there = {} as Connection;
  return {
    client: ends.includes('client') ? there : null,
    server: ends.includes('server') ? there : null,
    stray: null,
    method: null,
    mode: 'pass-through',
    announcement: null,
    folded: [],
  };
}
