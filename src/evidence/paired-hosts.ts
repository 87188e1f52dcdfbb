import type { Connection } from '../flow/connection.js';
import { ESTABLISHED } from '../flow/connection-flags.js';
import type { End, Pairing } from '../pair/path.js';

/** Fewer connections with partners prove nothing about their host. */
const LEAST_PAIRED = 2;

/** How the established connections of one called address fared in pairing. */
interface Fared {
  paired: number;
  alone: number;
}

/** Which called addresses have a partner for every connection that came about: whatever serves them is captured. */
export class PairedHosts {
  readonly #byEnd: Partial<Record<End, Map<string, Fared>>> = {};

  constructor(private readonly pairing: Pairing) {}

  /** Whether each established connection to the host that this one called has its partner, and some do. */
  always(end: End, connection: Connection): boolean {
    this.#byEnd[end] ??= this.#count(end);
    const fared = this.#byEnd[end].get(connection.endpoints[1].ip);
    return fared !== undefined && fared.paired >= LEAST_PAIRED && fared.alone === 0;
  }

  #count(end: End): Map<string, Fared> {
    const { pairing } = this;
    const hosts = new Map<string, Fared>();
    const log = pairing[end]?.log;
    if (log === undefined) return hosts;
    for (const row of log.connections.rows()) {
      const { flags, family, address1 } = log.connections.at(row);
      if ((flags & ESTABLISHED) === 0) continue;
      const isPaired = pairing.pairs.partnerOf(end, row) >= 0;
      const ip = log.addresses.format(family, address1);
      const fared = hosts.get(ip) ?? { paired: 0, alone: 0 };
      hosts.set(ip, fared);
      if (isPaired) fared.paired += 1;
      else fared.alone += 1;
    }
    return hosts;
  }
}
