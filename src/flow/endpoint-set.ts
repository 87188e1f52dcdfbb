import type { FlowLog } from './log.js';

/** Ports beside their address in one number. */
const PORTS = 0x1_0000;
/** Addresses of the families in one number: IPv6 ones after all of IPv4. */
const ADDRESSES = 0x1_0000_0000;

/** Endpoints of one log's connections, as numbers. */
export class EndpointSet {
  readonly #endpoints = new Set<number>();

  constructor(private readonly log: FlowLog) {}

  get isEmpty(): boolean {
    return this.#endpoints.size === 0;
  }

  /** Adds one side of a connection. */
  add(row: number, side: 0 | 1): void {
    this.#endpoints.add(this.#keyOf(row, side));
  }

  /** Whether one side of a connection is such an endpoint. */
  has(row: number, side: 0 | 1): boolean {
    return this.#endpoints.has(this.#keyOf(row, side));
  }

  #keyOf(row: number, side: 0 | 1): number {
    return endpointKey(this.log, row, side);
  }
}

/** The address and port of one side of a connection as one number, the same for no other endpoint of its log. */
export function endpointKey(log: FlowLog, row: number, side: 0 | 1): number {
  const { family, address0, address1, port0, port1 } = log.connections.at(row);
  const address = (family === 6 ? ADDRESSES : 0) + (side === 0 ? address0 : address1);
  return address * PORTS + (side === 0 ? port0 : port1);
}
