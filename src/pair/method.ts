import type { Renumbering } from '../flow/connection-reader.js';
import type { VantageRecord } from '../flow/vantage-record.js';
import type { Clock } from './clock.js';
import type { Pairs } from './pairs.js';
import type { RequestPairing } from './requests/index.js';

/** Takes two rows for one connection; `shift` as in `Pairs.add`. */
export type Pair = (client: number, server: number, shift?: Renumbering) => void;

/** What a method has to go by. */
export interface PairingContext {
  readonly client: VantageRecord;
  readonly server: VantageRecord;
  /** What stronger methods have found. */
  readonly pairs: Pairs;
  /** Which HTTP request is which, as far as that was found. */
  readonly requests: RequestPairing | null;
  /** As far as what was found tells; null while it does not. */
  readonly clock: Clock | null;
}

/** One way to recognise a connection of the client's vantage at the server's. */
export interface PairingMethod {
  /** As the report names it. */
  readonly name: string;
  /** The two are TCP connections of their own, with a proxy in between; else they are one that was forwarded. */
  readonly proxied?: true;
  /** Times alone say that two belong together: no proof, and no help for the clock. */
  readonly weak?: true;
  /** Calls `pair` for each two rows that belong together, and have no partner yet. */
  find(context: PairingContext, pair: Pair): void;
}
