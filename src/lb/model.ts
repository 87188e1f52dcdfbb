import type { Remedy } from '../result.js';
import type { Activity, ProductModel } from './product-model.js';

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
  | 'rst-opener-on-next' // the same, but only the end that opened the connection is answered
  | 'lose-affinity' // only the choice of the backend is forgotten; a reset, if any, is the new backend's
  | 'fin-both' // a proxy closes both legs with FIN
  | 'fin-client-rst-server' // a proxy closes the client leg with FIN and the server leg with a reset
  | 'rst-both-legs' // a proxy resets both legs
  | 'close' // a proxy closes; whether with FIN or with a reset is not published
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

/** A promise of the product that a check can cite by its rule id. */
export interface Clause {
  /** Rule id, such as `azure/established-only`. */
  readonly rule: string;
  /** The promise as one sentence. */
  readonly text: string;
  readonly source: Source;
}

/** What a product promises beside the timeout's length; a missing one means that it makes no such promise. */
export interface Clauses {
  /** Resets are sent only for flows in ESTABLISHED. */
  readonly establishedOnly?: Clause;
  /** A reset at the timer goes to both ends. */
  readonly bothEnds?: Clause;
  /** Segments that arrive after the timer are answered with a reset, even where resets were sent at the timer. */
  readonly laterSegments?: Clause;
  /** Which setting turns the resets of this flow on or off, and how it stands. */
  readonly resetSwitch?: Clause;
}

/** A public report that the product does otherwise than its vendor writes. */
export interface Dispute {
  /** Whether it is against which setting wins, or against the timeout having its effect at all. */
  readonly about: 'precedence' | 'effect';
  /** What was reported, as a clause that follows "publicly disputed:". */
  readonly text: string;
  readonly source: Source;
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
  /**
   * What is not known and would decide or could overturn this, one sentence each. While `seconds` is null they are
   * about the seconds only, unless `action` is `unknown` too.
   */
  readonly doubts: readonly string[];
  readonly clauses?: Clauses;
  /** Reports against what this timeout rests on; they do not change it, a reader has to know them. */
  readonly disputes?: readonly Dispute[];
  /** What restarts the timer that won; absent where nothing is said. */
  readonly activity?: Activity;
  /** How late the product fires by design, in seconds; absent for none that is known. */
  readonly lateSeconds?: number;
  /** Name of the device whose timer this is. */
  readonly device?: string;
  /** Timers of the same device that are about something else than an idle flow, such as an unfinished request. */
  readonly otherTimers?: readonly { readonly name: string; readonly seconds: number }[];
}

/** The flow a timeout is asked for. */
export interface FlowQuery {
  /** Who opened the connection, as the load balancer sees it: a client through the frontend, or a backend outward. */
  readonly direction: 'inbound' | 'outbound';
  readonly frontend: { readonly ip: string; readonly port: number } | null;
  readonly backend: { readonly ip: string; readonly port: number } | null;
  /** Who the backend talks to, where it was seen. */
  readonly lbPeer?: { readonly ip: string; readonly port: number } | null;
  /** The leg that was captured, where a proxy's two legs have timers of their own; absent for the flow as a whole. */
  readonly leg?: 'client' | 'server';
  /** Whether both captures show the same TCP connection: nothing between them ends TCP. */
  readonly unbroken?: boolean;
  /** Whether data was not acknowledged yet when the flow fell silent. */
  readonly dataInFlight?: boolean;
  /** When the flow was opened, in milliseconds since 1970; absent where its SYN was not seen. */
  readonly openedAt?: number;
}

/** A remedy that consists in sending something at an interval says which. */
export interface TimedRemedy extends Remedy {
  /** Seconds. */
  readonly everySeconds?: number;
  /** Of a remedy that raises the timeout: its new value in seconds. */
  readonly raisedTo?: number;
}

/** One device on the path with its configuration read. */
export interface Device {
  /** Product id, such as `azure-standard`. */
  readonly model: string;
  /** What a reader calls this one. */
  readonly name: string;
  /** File names or the preset, as given. */
  readonly source: string;
  readonly product: ProductModel;
  readonly problems: readonly string[];
  /** Whether the device is on the way of a flow; absent where it always is. */
  covers?(flow: FlowQuery): boolean;
  /** Devices of one group stand beside one another, not in a row: listeners of one proxy. */
  readonly group?: string;
  /** The effective timeout that this device gives one flow. */
  resolve(flow: FlowQuery): EffectiveTimeout;
  /** What an operator changes on this product; seconds is the timeout that would have been long enough. */
  remedies(effective: EffectiveTimeout, neededSeconds: number | null): readonly TimedRemedy[];
}

/** The path with every device whose configuration was read. */
export interface Policy {
  /** In the order of the path, the client's side first. */
  readonly devices: readonly Device[];
  /** Keepalives and idle timers of the ends, where the configuration tells them. */
  readonly ends: Ends;
  /** Product id, such as `azure-standard`. */
  readonly model: string;
  /** Where the configuration came from: file names or the preset, as given. */
  readonly source: string;
  /** Values outside the product's range and other oddities, one sentence each; never a crash. */
  readonly problems: readonly string[];
  /** The effective timeout of one flow: of the timers on its path the shortest. */
  resolve(flow: FlowQuery): EffectiveTimeout;
  /** The timeouts that each device on the path of a flow gives it, in the order of the path. */
  each(flow: FlowQuery): readonly EffectiveTimeout[];
  /** What an operator changes on this product; seconds is the timeout that would have been long enough. */
  remedies(effective: EffectiveTimeout, neededSeconds: number | null): readonly TimedRemedy[];
}

/** What a configuration tells of one end of the path, in seconds. */
export interface EndModel {
  /** Interval of its TCP keepalives. */
  readonly keepalive?: number;
  /** Interval of its gRPC (HTTP/2) pings. */
  readonly grpcPing?: number;
  /** Idle timer of its own connections: an HTTP keep-alive timeout. */
  readonly idle?: number;
  /** The least interval between pings that it accepts without data (gRPC). */
  readonly grpcMinPing?: number;
}

export interface Ends {
  readonly client: EndModel;
  readonly backend: EndModel;
}
