import type { Random } from './random.js';

/** Who ends a connection by a RST. */
export const Reset = { nobody: 0, client: 1, server: 2 } as const;

/** Segments between opening and end are uniform below these. */
const SHORT_BODY = 66;
const LONG_BODY = 1600;
const LONG_SHARE = 0.01;
const IPV6_SHARE = 0.1;

/** The connections that are open, one a slot; where one ends, the next one opens. */
export class Slots {
  readonly connection: Uint32Array;
  /** Segments so far. */
  readonly step: Uint32Array;
  /** Segments before the end. */
  readonly end: Uint32Array;
  readonly ipv6: Uint8Array;
  readonly reset: Uint8Array;
  /** Next sequence numbers. */
  readonly nextOfClient: Uint32Array;
  readonly nextOfServer: Uint32Array;
  private opened = 0;

  constructor(
    count: number,
    private readonly resetShare: number,
    private readonly opening: number,
    private readonly random: Random,
  ) {
    this.connection = new Uint32Array(count);
    this.step = new Uint32Array(count);
    this.end = new Uint32Array(count);
    this.ipv6 = new Uint8Array(count);
    this.reset = new Uint8Array(count);
    this.nextOfClient = new Uint32Array(count);
    this.nextOfServer = new Uint32Array(count);
    for (let slot = 0; slot < count; slot += 1) this.open(slot);
  }

  /** Starts the next connection in a slot. */
  open(slot: number): void {
    const { random } = this;
    const body = random.below(random.next() < LONG_SHARE ? LONG_BODY : SHORT_BODY);
    const resetBy = random.next() < 0.5 ? Reset.client : Reset.server;
    this.connection[slot] = this.opened;
    this.step[slot] = 0;
    this.end[slot] = this.opening + body;
    this.ipv6[slot] = random.next() < IPV6_SHARE ? 1 : 0;
    this.reset[slot] = random.next() < this.resetShare ? resetBy : Reset.nobody;
    this.nextOfClient[slot] = random.below(2 ** 32);
    this.nextOfServer[slot] = random.below(2 ** 32);
    this.opened += 1;
  }
}
