import type { FlowQuery } from '../lb/model.js';
import type { CauseClass, FindingKind, Originator } from '../words.js';

/** What a reset may state of its cause: a code in its window, a text in its payload. */
export interface CauseMark {
  /** As it stands in the header, unscaled. */
  readonly window: number;
  readonly payload: string | null;
}

/** What the policy stage needs to know of a verdict: no packets, only what was established about the flow. */
export interface JudgedFlow {
  readonly kind: FindingKind;
  readonly class: CauseClass | null;
  readonly subtype: string | null;
  readonly originator: Originator;
  readonly confidence: number;
  readonly flow: FlowQuery;
  /** Handshake complete and no FIN or earlier RST before the event; null when the captures do not show it. */
  readonly established: boolean | null;
  /**
   * Seconds without activity at the load balancer: from the last segment known to have crossed it to the reset (at
   * the timer), to the segment that was answered by a reset, or to the first segment that vanished. Null if unknown.
   */
  readonly idleSeconds: number | null;
  /** How far `idleSeconds` can be off, either way, in seconds: clock offset between captures, unseen segments. */
  readonly idleUncertaintySeconds: number;
  /** Whether a reset of this event travelled toward each end; null where that end's side was not captured. */
  readonly resetTowardClient: boolean | null;
  readonly resetTowardBackend: boolean | null;
  /** True when the reset answered a segment instead of coming by itself. */
  readonly triggered: boolean;
  /** What each reset of the event states; absent where there is none. */
  readonly marks?: readonly CauseMark[];
  /** Who sent the first segment that a silent drop swallowed; absent for other findings. */
  readonly spokeAfter?: 'client' | 'backend';
  /**
   * The leg on which the box in between itself sent the reset, under an address that is its own if it is a full proxy;
   * absent for every other reset.
   */
  readonly proxyLeg?: 'client' | 'server';
  /** On that leg: seconds from the last data to the first FIN or RST of the box; null if unknown. */
  readonly closeIdleSeconds?: number | null;
  /** Whether the last data on that leg was an answer: no request was under way. */
  readonly answered?: boolean;
  /** How many other flows of the same service the box closed after the same idle time. */
  readonly alike?: number;
}
