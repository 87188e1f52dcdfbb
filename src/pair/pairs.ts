import type { Renumbering } from '../flow/connection-reader.js';
import type { PairingMethod } from './method.js';

/** A connection at the client's vantage and the same one at the server's, as rows of their logs. */
export interface PairedRows {
  readonly client: number;
  readonly server: number;
  readonly method: string;
  /** They are two TCP connections, and a proxy in between that carries bytes from one to the other. */
  readonly proxied: boolean;
  /** Times alone say so. */
  readonly weak: boolean;
}

/** What a pair has of the method that found it. */
type FoundBy = Pick<PairingMethod, 'name' | 'proxied' | 'weak'>;

/** Which connection is which, in a few bytes a connection: by its row, in the order of the client's log. */
export class Pairs implements Iterable<PairedRows> {
  readonly #ofClient: Int32Array;
  readonly #ofServer: Int32Array;
  readonly #methods: Uint8Array;
  readonly #names: string[] = [];
  readonly #proxied: boolean[] = [];
  readonly #weak: boolean[] = [];
  /** By row of the server's log; only where there is one. */
  readonly #shifts = new Map<number, Renumbering>();
  length = 0;
  /** Of these pairs, how many are one TCP connection that was forwarded. */
  forwarded = 0;

  /** @param clients how many connections the log of each vantage has */
  constructor(clients: number, servers: number) {
    this.#ofClient = new Int32Array(clients).fill(-1);
    this.#ofServer = new Int32Array(servers).fill(-1);
    this.#methods = new Uint8Array(clients);
  }

  /**
   * Adds a pair of two that have no partner yet, as a method found it.
   * @param shift what a box in between adds to the numbers of the server's row's sides on their way to that vantage
   */
  add(client: number, server: number, { name, proxied, weak }: FoundBy, shift?: Renumbering): void {
    this.#ofClient[client] = server;
    this.#ofServer[server] = client;
    if (!this.#names.includes(name)) {
      const index = this.#names.push(name) - 1;
      this.#proxied[index] = proxied === true;
      this.#weak[index] = weak === true;
    }
    this.#methods[client] = this.#names.indexOf(name);
    if (shift !== undefined) this.#shifts.set(server, shift);
    this.length += 1;
    if (proxied !== true) this.forwarded += 1;
  }

  /** Whether one vantage has no connection left that could get a partner. */
  get isFull(): boolean {
    return this.length === Math.min(this.#ofClient.length, this.#ofServer.length);
  }

  /** By how much the numbers of a connection at the server's vantage differ from those at the client's; undefined: not. */
  shiftOf(server: number): Renumbering | undefined {
    return this.#shifts.get(server);
  }

  /** Row of the partner at the other vantage, or -1. */
  partnerOf(end: 'client' | 'server', row: number): number {
    return end === 'client' ? this.#ofClient[row] : this.#ofServer[row];
  }

  /** Whether a connection has a partner that is another TCP connection. */
  isProxied(end: 'client' | 'server', row: number): boolean {
    const client = end === 'client' ? row : this.#ofServer[row];
    return client >= 0 && this.#ofClient[client] >= 0 && this.#proxied[this.#methods[client]];
  }

  *[Symbol.iterator](): Generator<PairedRows, void, undefined> {
    for (let client = 0; client < this.#ofClient.length; client += 1) {
      const server = this.#ofClient[client];
      if (server < 0) continue;
      const method = this.#methods[client];
      yield {
        client,
        server,
        method: this.#names[method],
        proxied: this.#proxied[method],
        weak: this.#weak[method],
      };
    }
  }

  /** Rows of one vantage that have no partner. */
  *unpaired(end: 'client' | 'server'): Generator<number, void, undefined> {
    const partners = end === 'client' ? this.#ofClient : this.#ofServer;
    for (let row = 0; row < partners.length; row += 1) if (partners[row] < 0) yield row;
  }
}
