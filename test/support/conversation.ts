import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { analyze } from '#src/analyze.js';
import type { Result } from '#src/result.js';
import { ipv4 } from './ip.js';
import { ethernet } from './link.js';
import { type PcapRecord, pcap } from './pcap.js';
import { tcp, timestamps } from './tcp.js';

type Who = 'client' | 'backend';

/** What a segment is told to look like, where it differs from what its sender would send by itself. */
export interface Look {
  flags?: string;
  seq?: number;
  ack?: number;
  ttl?: number;
  ipId?: number;
  window?: number;
  /** Bytes of payload. */
  length?: number;
  /** Whether it has the timestamps option; by default yes, unless it is a bare RST. */
  stamped?: boolean;
  payload?: Uint8Array;
}

/** Which captures show a segment: both, the one near its sender, or the one near its receiver. */
type Seen = 'both' | 'near' | 'far';

export interface Setting {
  /** Seconds from one vantage to the other. */
  delay?: number;
  /** Server clock minus client clock, in seconds. */
  offset?: number;
  clientPort?: number;
  /** Routers between the vantages, as TTLs tell. */
  hops?: number;
  /** Sequence numbers begin here. */
  isn?: { client: number; backend: number };
}

interface Party {
  ip: string;
  port: number;
  next: number;
  ipId: number;
  clock: number;
}

const START = 1_800_000_000;
const NANOSECONDS = 1e9;
const HOST_TTL = 64;
const HOPS = 2;
const BALANCER_TTL = 63;

/**
 * A TCP connection through a balancer that rewrites the destination, told segment by segment, as both vantages see
 * it. Time moves only by `wait`.
 */
export class Conversation {
  now = 0;
  readonly #records: Record<'client' | 'server', PcapRecord[]> = { client: [], server: [] };
  readonly #parties: Record<Who, Party>;
  readonly #delay: number;
  readonly #offset: number;
  readonly #farTtl: number;

  constructor(setting: Setting = {}) {
    const { client, backend } = setting.isn ?? { client: 1000, backend: 500_000 };
    this.#delay = setting.delay ?? 0.01;
    this.#offset = setting.offset ?? 0;
    this.#farTtl = HOST_TTL - (setting.hops ?? HOPS);
    this.#parties = {
      client: {
        ip: '192.0.2.7',
        port: setting.clientPort ?? 40_000,
        next: client,
        ipId: 100,
        clock: 7_000_000,
      },
      backend: { ip: '10.0.0.5', port: 8443, next: backend, ipId: 3000, clock: 90_000_000 },
    };
  }

  wait(seconds: number): this {
    this.now += seconds;
    return this;
  }

  /** Opens the connection, 20 ms after `now` at the latest with the default delay. */
  handshake(): this {
    this.segment('client', { flags: 'S', ack: 0 }).wait(2 * this.#delay);
    this.segment('backend', { flags: 'SA' }).wait(2 * this.#delay);
    return this.segment('client', {}).wait(2 * this.#delay);
  }

  /** A request and its answer, each acknowledged: afterwards nothing is in flight. */
  exchange(): this {
    this.segment('client', { flags: 'PA', length: 20 }).wait(2 * this.#delay);
    this.segment('backend', { flags: 'PA', length: 30 }).wait(2 * this.#delay);
    return this.segment('client', {}).wait(2 * this.#delay);
  }

  /** One segment of an end. */
  segment(from: Who, look: Look, seen: Seen = 'both'): this {
    const party = this.#parties[from];
    const peer = this.#parties[from === 'client' ? 'backend' : 'client'];
    const flags = look.flags ?? 'A';
    const length = look.payload?.length ?? look.length ?? 0;
    const seq = look.seq ?? party.next;
    const ipId = look.ipId ?? ++party.ipId;
    const stamped = look.stamped ?? flags !== 'R';
    const bytes = (ttl: number, source: string, destination: string, ports: [number, number]) =>
      ethernet(
        ipv4(
          { source, destination, ttl: look.ttl ?? ttl, id: ipId },
          tcp({
            sourcePort: ports[0],
            destinationPort: ports[1],
            seq,
            ack: look.ack ?? (flags === 'R' ? 0 : peer.next),
            flags,
            window: look.window ?? (flags.includes('R') && !stamped ? 0 : 502),
            options: stamped ? [[1, 1], timestamps(party.clock + Math.round(this.now * 1000))] : [],
            payload: look.payload ?? new Uint8Array(length).fill(0x61),
          }),
        ),
      );
    this.#write(from, seen, bytes);
    if (look.seq === undefined && !flags.includes('R')) {
      party.next += length + (flags.includes('S') || flags.includes('F') ? 1 : 0);
    }
    return this;
  }

  /** A RST of the balancer toward one end, in the other end's name, with the number its receiver expects. */
  balancerResets(toward: Who, look: Look = {}): this {
    const from = toward === 'client' ? 'backend' : 'client';
    const peer = this.#parties[toward];
    return this.segment(
      from,
      {
        flags: 'RA',
        seq: this.#parties[from].next,
        ack: peer.next,
        ttl: BALANCER_TTL,
        ipId: 0,
        stamped: false,
        ...look,
      },
      'far',
    );
  }

  /** The kernel of an end answers the last segment of the other, for which it has no socket. */
  answersBare(from: Who, look: Look = {}, seen: Seen = 'both'): this {
    return this.segment(
      from,
      { flags: 'R', seq: this.#parties[from].next, ipId: 0, stamped: false, ...look },
      seen,
    );
  }

  /** A keepalive probe: one below the next number, no data. */
  probe(from: Who, seen: Seen = 'both'): this {
    return this.segment(from, { seq: this.#parties[from].next - 1 }, seen);
  }

  /** The records of one vantage so far. */
  records(vantage: 'client' | 'server'): PcapRecord[] {
    return this.#records[vantage];
  }

  #write(
    from: Who,
    seen: Seen,
    bytes: (ttl: number, source: string, destination: string, ports: [number, number]) => Uint8Array,
  ): void {
    const { client, backend } = this.#parties;
    const frontend = { ip: '198.51.100.1', port: 443 };
    const nearVantage = from === 'client' ? 'client' : 'server';
    for (const vantage of ['client', 'server'] as const) {
      const isNear = vantage === nearVantage;
      if (seen === (isNear ? 'far' : 'near')) continue;
      const callee = vantage === 'client' ? frontend : backend;
      const [a, b] = from === 'client' ? [client, callee] : [callee, client];
      const time =
        this.now + (isNear || seen === 'far' ? 0 : this.#delay) + (vantage === 'server' ? this.#offset : 0);
      this.#records[vantage].push({
        time: BigInt(START) * BigInt(NANOSECONDS) + BigInt(Math.round(time * 1e6)) * 1000n,
        bytes: bytes(isNear ? HOST_TTL : this.#farTtl, a.ip, b.ip, [a.port, b.port]),
      });
    }
  }
}

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Analyses conversations together, as captured at both vantages or at one. */
export async function analyzed(
  conversations: readonly Conversation[],
  vantages: readonly ('client' | 'server')[] = ['client', 'server'],
  options: { lb?: string[] } = {},
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'rst-analyze-test-'));
  folders.push(folder);
  const captures = vantages.map((vantage) => {
    const path = join(folder, `${vantage}.pcap`);
    const records = conversations.flatMap((conversation) => conversation.records(vantage));
    records.sort((a, b) => Number((a.time ?? 0n) - (b.time ?? 0n)));
    writeFileSync(path, pcap(records));
    return { vantage, path };
  });
  return analyze({ captures, ...options });
}

/** A connection that lives on to the end of both captures and shows that they were running and the path was up. */
export function bystander(seconds: number): Conversation {
  const other = new Conversation({
    clientPort: 40_999,
    isn: { client: 77_000, backend: 88_000 },
  }).handshake();
  const step = 2;
  while (other.now < seconds) other.exchange().wait(step);
  return other.exchange();
}
