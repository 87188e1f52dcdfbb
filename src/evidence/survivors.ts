import type { VantageRecord } from '../flow/vantage-record.js';
import type { Pairing, Path } from '../pair/path.js';
import { Values } from './sorted.js';

const SECOND = 1e9;
/** Shorter pauses are no idle time to compare with. */
const LEAST_PAUSE = 0.5 * SECOND;

/** Numbers of connections. */
export interface Survived {
  readonly ofFrontend: number;
  /** Of the same address, whatever the port: each may have a timer of its own. */
  readonly ofAddress: number;
}

/**
 * How long connections of each frontend had been idle and lived: the longest gap that a segment of one side ended at
 * both vantages, by the endpoint that clients call.
 */
export class Survivors {
  #gaps: Values | null = null;

  constructor(private readonly pairing: Pairing) {}

  /** How many connections of the same frontend came through an idle time between two lengths, in nanoseconds. */
  between(path: Path, from: number, to: number): Survived {
    const frontend = path.client?.endpoints[1];
    if (frontend === undefined || this.pairing.server === null) return { ofFrontend: 0, ofAddress: 0 };
    this.#gaps ??= this.#collect();
    return {
      ofFrontend: this.#gaps.between(`${frontend.ip} ${frontend.port}`, from, to),
      ofAddress: this.#gaps.between(frontend.ip, from, to),
    };
  }

  #collect(): Values {
    const { client, server, pairs } = this.pairing;
    const gaps = new Values();
    if (client === null || server === null) return gaps;
    for (const pair of pairs) {
      if (pair.proxied) continue;
      const gap = survivedGap(client, server, pair);
      if (gap === null || gap < LEAST_PAUSE) continue;
      const { ip, port } = this.pairing.endpointOf('client', pair.client, 1);
      gaps.add(`${ip} ${port}`, gap);
      gaps.add(ip, gap);
    }
    return gaps;
  }
}

/**
 * The longest idle time that a forwarded connection came through, in nanoseconds: both vantages saw the same side end
 * it. Where each end spoke in its own capture, nothing crossed: both were speaking to a dead path.
 */
export function survivedGap(
  client: VantageRecord,
  server: VantageRecord,
  pair: { readonly client: number; readonly server: number },
): number | null {
  const here = client.log.connections.at(pair.client);
  const { longestGap, longestGapEnder } = here;
  const there = server.log.connections.at(pair.server);
  return longestGapEnder === there.longestGapEnder ? Math.min(longestGap, there.longestGap) : null;
}
