import { Crossing, SNAT } from './crossing.js';
import { Story } from './story.js';

const CLIENT_PORT = 40_000;
const PEER_PORT = 31_000;
const ISN_STEP = 100_000;
/** Of what the proxy sends to its clients, where nothing else is said. */
const DEFAULT_TTL = 64;

/** Both legs of a connection through a proxy: two TCP connections, told one beside the other. */
export interface Legs {
  readonly client: Story;
  readonly server: Story;
}

/** The two captures around a proxy. */
export class Proxied extends Crossing {
  #legs = 0;

  /** The legs of one more connection, with a handshake each, `at` these seconds. */
  legs(at = this.#legs, ttl = DEFAULT_TTL): Legs {
    this.#legs += 1;
    const i = this.#legs;
    const client = new Story(this.client, { ...SNAT.client, port: CLIENT_PORT + i }, SNAT.frontend, [
      i * ISN_STEP,
      i * ISN_STEP + 1,
    ]);
    const server = new Story(this.server, { ...SNAT.lbPeer, port: PEER_PORT + i }, SNAT.backend, [
      i * ISN_STEP + 2,
      i * ISN_STEP + 3,
    ]);
    client.up({ flags: 'S', at });
    client.down({ flags: 'SA', ttl });
    client.up({ flags: 'A' });
    server.handshake(at + 0.01);
    return { client, server };
  }
}

const bytes = (text: string) => new TextEncoder().encode(text);

/** The client asks and is answered, on both legs; what the proxy writes in front is the server leg's alone. */
export function exchange(
  { client, server }: Legs,
  asks: string,
  answers: string,
  front = '',
  ttl = DEFAULT_TTL,
): void {
  client.up({ flags: 'PA', data: bytes(asks) });
  server.up({ flags: 'PA', data: bytes(front + asks) });
  server.down({ flags: 'PA', data: bytes(answers) });
  client.down({ flags: 'PA', data: bytes(answers), ttl });
}
