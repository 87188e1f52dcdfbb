import type { FlowLog } from '../flow/log.js';
import type { PairingContext } from './method.js';

/**
 * Which frontends go to which backends, as the pairs tell that more than times speak for. Where both are known, and
 * never together, two legs are hardly one connection.
 */
export class Services {
  readonly #frontends = new Set<string>();
  readonly #backends = new Set<string>();
  readonly #together = new Set<string>();

  constructor(private readonly context: PairingContext) {
    for (const pair of context.pairs) {
      if (!pair.proxied || pair.weak) continue;
      const [frontend, backend] = this.#calledBy(pair.client, pair.server);
      this.#frontends.add(frontend);
      this.#backends.add(backend);
      this.#together.add(`${frontend} ${backend}`);
    }
  }

  /** Whether nothing shows that a frontend goes to other backends than this one. */
  mayBelong(client: number, server: number): boolean {
    const [frontend, backend] = this.#calledBy(client, server);
    const known = this.#frontends.has(frontend) && this.#backends.has(backend);
    return !known || this.#together.has(`${frontend} ${backend}`);
  }

  #calledBy(client: number, server: number): [string, string] {
    return [called(this.context.client.log, client), called(this.context.server.log, server)];
  }
}

function called({ connections }: FlowLog, row: number): string {
  const { family, address1, port1 } = connections.at(row);
  return `${family}/${address1}/${port1}`;
}
