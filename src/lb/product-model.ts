import type { ExpiryAction, Source } from './model.js';

/** What restarts an idle timer. Only the first kind counts TCP keepalives. */
export type Activity =
  | 'any-packet'
  | 'payload' // bytes of data, in either direction
  | 'payload-each-way' // each direction has its own timer
  | 'http' // requests and responses, not bytes
  | 'unknown';

/** Whether a property survives the way through the box. */
export type Known = 'yes' | 'no' | 'option' | 'unknown';

/** Which flows or which part of one a timer is about. */
export type TimerScope = 'flow' | 'client-leg' | 'server-leg' | 'half-open' | 'half-closed' | 'other';

/** How sure a fact is: vendor documentation, source code or API schema, field reports, or derived from others. */
export type Confidence = 'documented' | 'source-code' | 'reported' | 'derived';

/** One timer of a product, as data. */
export interface TimerModel {
  /** The key in a preset and in a policy file, such as `idle`. */
  readonly key: string;
  /** What the vendor calls it. */
  readonly setting: string;
  /** The vendor's unit. */
  readonly unit: 'ms' | 's' | 'min' | 'duration';
  /** Seconds where nobody sets it; `none` where it then never fires. */
  readonly default: number | 'none' | 'unknown';
  /** Other defaults, where the default depends on something that the configuration does not show. */
  readonly otherDefaults?: readonly { readonly seconds: number; readonly when: string }[];
  /** Seconds. */
  readonly min?: number;
  readonly max?: number;
  /** From here on another source of the vendor disagrees. */
  readonly warnAbove?: { readonly seconds: number; readonly source: Source };
  readonly configurable: boolean;
  readonly scope: TimerScope;
  readonly activity: Activity;
  /** TCP states it covers, in the vendor's words. */
  readonly states: string;
  readonly onExpiry: ExpiryAction;
  readonly confidence: Confidence;
  readonly source: Source;
  readonly note?: string;
  /** How it is changed: a command or a line of configuration, with `{value}` in the vendor's unit. */
  readonly change?: string;
}

/** A statement about a product with the page that makes it. */
export interface Statement {
  readonly text: string;
  readonly source: Source;
}

/** What is known of a product, without any configuration. Unknown stays unknown. */
export interface ProductModel {
  /** Also the name of its preset. */
  readonly id: string;
  readonly name: string;
  /** `proxy`: ends TCP on both sides. `nat`: outbound only. `filter`: changes nothing. */
  readonly kind: 'pass-through' | 'nat' | 'filter' | 'proxy';
  readonly preserves: { readonly sequence: Known; readonly ports: Known; readonly clientAddress: Known };
  readonly timers: readonly TimerModel[];
  /** Settings that turn something on or off. */
  readonly switches?: readonly SwitchModel[];
  /** How its timers rank, in order. */
  readonly precedence: readonly Statement[];
  readonly exceptions: readonly Statement[];
  /** Who may reset after the product forgot the flow, where it does not do so itself. */
  readonly mayReset?: string;
  /** A timer may fire up to this many seconds late, by design. */
  readonly lateSeconds?: number;
}

/** A setting that is on or off. */
export interface SwitchModel {
  readonly key: string;
  readonly setting: string;
  readonly default: boolean;
  /** What happens at expiry while it is off. */
  readonly offAction: ExpiryAction;
  readonly source: Source;
}
