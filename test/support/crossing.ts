import { CLIENT, SERVER, Story } from './story.js';
import type { Host } from './tape.js';
import { Tape } from './tape.js';

/** What each side of a connection is called at each vantage. */
export interface Names {
  readonly client: Host;
  readonly frontend: Host;
  readonly lbPeer: Host;
  readonly backend: Host;
}

const BACKEND: Host = { ip: '10.1.0.4', port: 8443 };

/** What boxes do to the addresses of a connection on its way. */
export const DIRECT: Names = { client: CLIENT, frontend: SERVER, lbPeer: CLIENT, backend: SERVER };
export const DNAT: Names = { ...DIRECT, backend: BACKEND };
export const SNAT: Names = { ...DNAT, lbPeer: { ip: '10.1.0.1', port: 31_000 } };

/** The two captures around a box, told together: what one connection looks like at each. */
export class Crossing {
  readonly client = new Tape();
  readonly server = new Tape();

  /** The same connection at both vantages. */
  both(names: Names, isns: readonly [number, number]): { readonly client: Story; readonly server: Story } {
    return {
      client: new Story(this.client, names.client, names.frontend, isns),
      server: new Story(this.server, names.lbPeer, names.backend, isns),
    };
  }

  /** A whole handshake at both vantages. */
  handshake(names: Names, isns: readonly [number, number]): void {
    const { client, server } = this.both(names, isns);
    client.handshake();
    server.handshake();
  }
}
