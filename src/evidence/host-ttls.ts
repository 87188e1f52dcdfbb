import type { FlowLog } from '../flow/log.js';

/** TTLs that each host's segments had at one vantage, over all of its connections. */
export class HostTtls {
  readonly #byHost = new Map<number, Map<number, number>>();

  constructor(log: FlowLog) {
    for (const row of log.connections.rows()) {
      const { detail, family, address0, address1 } = log.connections.at(row);
      if (detail < 0) continue;
      for (const side of [0, 1] as const) {
        const { ttl, ttlSamples, synTtl } = log.details.at(detail + side);
        const key = keyOf(family, side === 0 ? address0 : address1);
        if (ttlSamples > 0) this.#note(key, ttl, row);
        else if (synTtl > 0) this.#note(key, synTtl, row);
      }
    }
  }

  /** The TTLs that a host had on other connections than one. */
  of(family: number, address: number, but: number): number[] {
    const ttls = this.#byHost.get(keyOf(family, address));
    return ttls === undefined ? [] : [...ttls].filter(([, row]) => row !== but).map(([ttl]) => ttl);
  }

  /** Keeps one connection's row for each TTL, or -1 for several. */
  #note(host: number, ttl: number, row: number): void {
    const ttls = this.#byHost.get(host);
    if (ttls === undefined) this.#byHost.set(host, new Map([[ttl, row]]));
    else if (ttls.get(ttl) !== SEVERAL) ttls.set(ttl, ttls.has(ttl) ? SEVERAL : row);
  }
}

const SEVERAL = -1;
/** Addresses of the families in one number: IPv6 ones after all of IPv4. */
const ADDRESSES = 0x1_0000_0000;

function keyOf(family: number, address: number): number {
  return (family === 6 ? ADDRESSES : 0) + address;
}
