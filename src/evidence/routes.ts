import { endpointKey } from '../flow/endpoint-set.js';
import type { Pairing } from '../pair/path.js';

/** Of so many connections of a frontend that are known on both sides, one went each way that the others take. */
const ENOUGH_KNOWN = 8;

/** Rows of one connection at both vantages. */
interface Legs {
  readonly client: number;
  readonly server: number;
}

/** Which backends a proxy calls for which frontend, as far as its known pairs tell. */
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

  /** Whether two legs can be those of one connection: not where all that is known of that frontend went elsewhere. */
  couldBe(legs: Legs): boolean {
    const [frontend, backend] = this.#endsOf(legs);
    return (
      (this.#known.get(frontend) ?? 0) < ENOUGH_KNOWN || this.#taken.get(frontend)?.has(backend) === true
    );
  }

  #note(legs: Legs): void {
    const [frontend, backend] = this.#endsOf(legs);
    const taken = this.#taken.get(frontend) ?? new Set();
    this.#taken.set(frontend, taken.add(backend));
    this.#known.set(frontend, (this.#known.get(frontend) ?? 0) + 1);
  }

  #endsOf({ client, server }: Legs): [frontend: number, backend: number] {
    const { client: near, server: far } = this.pairing;
    return [
      near === null ? 0 : endpointKey(near.log, client, 1),
      far === null ? 0 : endpointKey(far.log, server, 1),
    ];
  }
}
