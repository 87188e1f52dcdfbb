/**
 * What a load balancer's configuration promises, as data with provenance. One file a product builds these, the
 * policy stage compares them with what the captures show.
 */

/** Where a fact about a product comes from: a public page or source file, with a date or version if it has one. */
export interface Source {
  readonly title: string;
  readonly url: string;
}

/** What a load balancer does to a flow when its idle timer fires. */
export type ExpiryAction =
  | 'silent-drop' // the flow is forgotten, later packets vanish
  | 'rst-both-at-timer' // a reset to each end at the moment the timer fires
  | 'rst-sender-on-next' // nothing at the timer; whoever sends next is answered with a reset
  | 'unknown';

/** One setting that was looked at on the way to the effective timeout, won or lost. */
export interface ConsideredSetting {
  /** Name a reader finds in the configuration, such as `frontend public IP pip1`. */
  readonly name: string;
  /** Its value in seconds; null when the setting is absent or its value is not known. */
  readonly seconds: number | null;
  readonly won: boolean;
  /** Why it won or lost, one clause. */
  readonly because: string;
}

/** The effective timeout of one flow: what precedence leaves of the configured timers, and why. */
export interface EffectiveTimeout {
  /** Seconds; null when the configuration at hand does not decide it. */
  readonly seconds: number | null;
  readonly action: ExpiryAction;
  /** Id of the precedence rule that decided, such as `azure/frontend-timeout-wins`. */
  readonly rule: string;
  /** The whole reasoning in order: what was considered, what won, what lost. */
  readonly considered: readonly ConsideredSetting[];
  /** One sentence for a reader. */
  readonly text: string;
  readonly source: Source;
  /** What is not known and would decide or could overturn this, one sentence each. */
  readonly doubts: readonly string[];
}

/** The flow a timeout is asked for. */
export interface FlowQuery {
  /** Who opened the connection, as the load balancer sees it: a client through the frontend, or a backend outward. */
  readonly direction: 'inbound' | 'outbound';
  readonly frontend: { readonly ip: string; readonly port: number } | null;
  readonly backend: { readonly ip: string; readonly port: number } | null;
}

/** A load balancer with its configuration read. */
export interface Policy {
  /** Product id, such as `azure-standard`. */
  readonly model: string;
  /** Where the configuration came from: file names or the preset, as given. */
  readonly source: string;
  /** Values outside the product's range and other oddities, one sentence each; never a crash. */
  readonly problems: readonly string[];
  /** The effective timeout of one flow. */
  resolve(flow: FlowQuery): EffectiveTimeout;
  /** What an operator changes on this product; seconds is the timeout that would have been long enough. */
  remedies(effective: EffectiveTimeout, neededSeconds: number | null): readonly { text: string; command: string | null }[];
}
