import type { Connection } from '../flow/connection.js';
import { ESTABLISHED } from '../flow/connection-flags.js';
import type { End, Pairing } from '../pair/path.js';

/** Fewer connections with partners prove nothing about their host. */
const LEAST_PAIRED = 2;

/** So many without a partner, and none with one, show whom a host's connections do not belong to. */
const LEAST_ALONE = 3;

/** How the established connections of one address fared in pairing. */
interface Fared {
  paired: number;
  alone: number;
}

type ByHost = Map<string, Fared>;

/**
 * Whose connections have partners: whatever serves a called address that always has is captured, and a caller that never
 * has one while the other capture runs is no client of its side.
 */
export class PairedHosts {
  readonly #byEnd: Partial<Record<End, { callers: ByHost; called: ByHost }>> = {};

  constructor(private readonly pairing: Pairing) {}

  /** Whether each established connection to the host that this one called has its partner, and some do. */
  always(end: End, connection: Connection): boolean {
    const fared = this.#at(end).called.get(connection.endpoints[1].ip);
    return fared !== undefined && fared.paired >= LEAST_PAIRED && fared.alone === 0;
  }

  /** Whether no established connection of the host that opened this one has a partner, while the other capture ran. */
  never(end: End, connection: Connection): boolean {
    const fared = this.#at(end).callers.get(connection.endpoints[0].ip);
    return fared !== undefined && fared.alone >= LEAST_ALONE && fared.paired === 0;
  }

  #at(end: End): { callers: ByHost; called: ByHost } {
    this.#byEnd[end] ??= this.#count(end);
    return this.#byEnd[end];
  }

  #count(end: End): { callers: ByHost; called: ByHost } {
    const { pairing } = this;
    const counts = { callers: new Map<string, Fared>(), called: new Map<string, Fared>() };
    const log = pairing[end]?.log;
    if (log === undefined) return counts;
    for (const row of log.connections.rows()) {
      const { flags, family, address0, address1, firstTime } = log.connections.at(row);
      if ((flags & ESTABLISHED) === 0) continue;
      const isPaired = pairing.pairs.partnerOf(end, row) >= 0;
      note(counts.called, log.addresses.format(family, address1), isPaired);
      if (isPaired || this.#isCovered(end, firstTime))
        note(counts.callers, log.addresses.format(family, address0), isPaired);
    }
    return counts;
  }

  /** Whether the other vantage's capture ran at a time of this one's. */
  #isCovered(end: End, time: number): boolean {
    const { client, server, clock } = this.pairing;
    if (client === null || server === null || clock === null) return false;
    const onClock = (at: number) => clock.toClient(at);
    const [from, to] = end === 'client' ? server.covered.map(onClock) : client.covered;
    const at = end === 'client' ? time : onClock(time);
    return at >= from && at <= to;
  }
}

function note(hosts: ByHost, ip: string, isPaired: boolean): void {
  const fared = hosts.get(ip) ?? { paired: 0, alone: 0 };
  hosts.set(ip, fared);
  if (isPaired) fared.paired += 1;
  else fared.alone += 1;
}
