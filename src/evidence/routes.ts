import { endpointKey } from '../flow/endpoint-set.js';
import type { Pairing } from '../pair/path.js';

/** Of so many connections of a frontend that are known on both sides, one went each way that the others take. */
const ENOUGH_KNOWN = 8;

/** Rows of one connection at both vantages. */
interface Legs {
  readonly client: number;
  readonly server: number;
}

/** Which backends a proxy calls for which frontend, as far as its known pairs tell. Services are numbers; see `endpointKey`. */
export class Routes {
  readonly #taken = new Map<number, Set<number>>();
  readonly #known = new Map<number, number>();

  constructor(private readonly pairing: Pairing) {
    for (const pair of pairing.pairs) if (pair.proxied) this.#note(pair);
    for (const pair of pairing.requests?.pairs ?? []) {
      const legs = pairing.requests?.legsOf(pair);
      if (legs !== undefined) this.#note(legs);
    }
  }

  /** Whether a frontend may lead to a backend: not where all that is known of it went elsewhere. */
  couldLead(frontend: number, backend: number): boolean {
    return (
      (this.#known.get(frontend) ?? 0) < ENOUGH_KNOWN || this.#taken.get(frontend)?.has(backend) === true
    );
  }

  #note({ client, server }: Legs): void {
    const { client: near, server: far } = this.pairing;
    if (near === null || far === null) return;
    const frontend = endpointKey(near.log, client, 1);
    const taken = this.#taken.get(frontend) ?? new Set();
    this.#taken.set(frontend, taken.add(endpointKey(far.log, server, 1)));
    this.#known.set(frontend, (this.#known.get(frontend) ?? 0) + 1);
  }
}
