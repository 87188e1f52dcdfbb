import type { FlowLog } from '../flow/log.js';
import type { Pairing, Path } from '../pair/path.js';
import { firstAbove } from './sorted.js';
import { lastHeard } from './watching.js';

/** Connections of a host that are looked at, of those that began before a moment; more say nothing new. */
const MOST_LOOKED_AT = 4096;

/** What shows that the path was up while packets of one connection vanished; null where nothing does. */
export type Crossing =
  /** Other connections of both hosts got packets across meanwhile. */
  | 'meanwhile'
  /** They did so later, when the path may have come back. */
  | 'later'
  /** These hosts had no other connection; those of other hosts got packets across meanwhile. */
  | 'of-others'
  | null;

/** A connection that got across, on the client's time line in nanoseconds. */
interface Span {
  readonly began: number;
  /** When a packet of it is last known to have crossed. */
  readonly ended: number;
  readonly longestGap: number;
}

/**
 * When packets got across, by the host at either end. A client whose line is down says nothing of the others, and a
 * backend that is cut off neither: that a path is up is known from connections of the same hosts.
 */
export class Crossings {
  readonly #clients = new Map<string, Spans>();
  readonly #backends = new Map<string, Spans>();
  readonly #all = new Spans();

  constructor(private readonly pairing: Pairing) {
    const { client, server, clock, pairs } = pairing;
    if (client === null || server === null || clock === null) return;
    for (const pair of pairs) {
      if (pair.proxied) continue;
      const here = client.log.connections.at(pair.client);
      const there = server.log.connections.at(pair.server);
      // RSTs do not count, a box in between may have made them.
      const heardAtServer = clock.toClient(lastHeard(server.log, pair.server, 0));
      const span = {
        began: clock.toClient(there.firstTime),
        ended: Math.max(heardAtServer, lastHeard(client.log, pair.client, 1)),
        longestGap: Math.max(here.longestGap, there.longestGap),
      };
      of(this.#clients, hostOf(client.log, pair.client, 0)).add(span);
      of(this.#backends, hostOf(server.log, pair.server, 1)).add(span);
      this.#all.add(span);
    }
  }

  /** What got across while packets of a path vanished between two moments, and after them. */
  around({ client, server }: Path, from: number, to: number): Crossing {
    const { client: near, server: far } = this.pairing;
    if (near === null || far === null || client === null || server === null) return null;
    const hosts = [
      of(this.#clients, hostOf(near.log, client.row, 0)),
      of(this.#backends, hostOf(far.log, server.row, 1)),
    ];
    // The path itself is one of them.
    const known = hosts.filter((spans) => spans.count > 1);
    const asked = known.length > 0 ? known : [this.#all];
    if (asked.every((spans) => spans.anyCrosses(from, to)))
      return known.length === hosts.length ? 'meanwhile' : 'of-others';
    // That others got across later says nothing of these hosts.
    const later =
      known.length > 0 && known.every((spans) => spans.anyCrosses(from, Number.POSITIVE_INFINITY));
    return later ? 'later' : null;
  }
}

/** Connections by their beginning. All are added before the first question. */
class Spans {
  readonly #spans: Span[] = [];
  #began: Float64Array | null = null;

  add(span: Span): void {
    this.#spans.push(span);
  }

  get count(): number {
    return this.#spans.length;
  }

  /** Whether any is known to have got a packet across between two moments. */
  anyCrosses(from: number, to: number): boolean {
    this.#began ??= this.#inOrder();
    const next = firstAbove(this.#began, to, true);
    return this.#spans
      .slice(Math.max(0, next - MOST_LOOKED_AT), next)
      .some(({ began, ended, longestGap }) => {
        const livedOn = ended > to && longestGap < to - from;
        return began >= from || (ended >= from && ended <= to) || livedOn;
      });
  }

  #inOrder(): Float64Array {
    this.#spans.sort((a, b) => a.began - b.began);
    return Float64Array.from(this.#spans, ({ began }) => began);
  }
}

function of(hosts: Map<string, Spans>, host: string): Spans {
  const spans = hosts.get(host) ?? new Spans();
  hosts.set(host, spans);
  return spans;
}

function hostOf(log: FlowLog, row: number, side: 0 | 1): string {
  const { family, address0, address1 } = log.connections.at(row);
  return `${family} ${side === 0 ? address0 : address1}`;
}
