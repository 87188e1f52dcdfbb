import type { FrameRef } from '../result.js';
import type { Packet } from './timeline.js';

/** Everything that can be established about a reset event. Rules name facts, detectors establish them. */
export type FactId =
  | 'born-client-side'
  | 'born-server-side'
  | 'born-between'
  | 'both-ends'
  | 'no-partner'
  | 'forwarded-connection'
  | 'ttl-as-sender'
  | 'ttl-unlike-sender'
  | 'ip-id-continues'
  | 'ip-id-foreign'
  | 'ip-id-mirrors-trigger'
  | 'ip-id-turned-around'
  | 'timestamp-continues'
  | 'timestamp-missing'
  | 'form-active'
  | 'form-passive'
  | 'form-refusal'
  | 'form-copied'
  | 'answers-segment'
  | 'answers-syn'
  | 'answers-probe'
  | 'trigger-crossed'
  | 'trigger-never-crossed'
  | 'answered-too-soon'
  | 'idle-before'
  | 'idle-long-before'
  | 'idle-cluster'
  | 'data-in-flight'
  | 'unanswered-probes'
  | 'probe-spacing'
  | 'user-timed-out'
  | 'balancer-gave-up'
  | 'balancer-unanswered'
  | 'sender-closed-before'
  | 'peer-closed-before'
  | 'closed-by-both'
  | 'data-after-close'
  | 'unread-data'
  | 'sender-sent-no-data'
  | 'sender-opened'
  | 'several-at-once'
  | 'after-earlier-reset'
  | 'history-unseen'
  | 'vanished-before'
  | 'sender-unanswered'
  | 'sender-went-on'
  | 'numbers-guessed'
  | 'trigger-untranslated'
  | 'answers-old-connection'
  | 'tuple-folded'
  | 'proxy-likely'
  | 'proxy-leg'
  | 'client-reset-before'
  | 'backend-reset-before'
  | 'proxy-speaks-for-itself'
  | 'silence-broken'
  | 'nothing-forwarded'
  | 'own-errand'
  | 'sender-recognised'
  | 'forgery-marks'
  | 'path-alive'
  | 'handshake-incomplete'
  | 'sequence-exact'
  | 'answers-final-ack'
  | 'nothing-said'
  | 'backend-never-answered'
  | 'receiver-ignored'
  | 'retried-at-once'
  | 'close-crossed'
  | 'closed-after-idle'
  | 'ttl-as-host'
  | 'request-outstanding'
  | 'idle-known-timer'
  | 'idle-separates'
  | 'idle-in-step'
  | 'longer-idle-survived'
  | 'closed-in-burst'
  | 'closed-in-step'
  | 'end-reset-nearby'
  | 'end-closed-nearby'
  | 'proxy-closed-nearby'
  | 'both-legs-known'
  | 'barely-seen'
  | 'only-resets-seen'
  | 'both-sides-captured'
  | 'mass-reset'
  | 'others-lived'
  | 'ended-together'
  | 'mass-reset-since'
  | 'only-router'
  | 'first-router'
  | 'other-place'
  | 'idle-elsewhere'
  | 'still-forwarded'
  | 'reset-burst'
  | 'at-fixed-interval'
  | 'called-at-interval'
  | 'declares-reason'
  | 'declares-idle-timeout'
  | 'declares-keepalive-failure'
  | 'declares-relayed-reset'
  | 'declares-abort'
  | 'declares-late-data'
  | 'declares-no-socket'
  | 'declares-rejection'
  | 'declares-overload'
  | 'declares-balancer'
  | 'form-bsd-active'
  | 'form-windows-active'
  | 'form-bare-window'
  | 'form-filter-reject'
  | 'window-mirrors-trigger'
  | 'ip-id-class-differs'
  | 'flow-label-as-sender'
  | 'repeats-exhausted';

/** A text for a reader; one with values is put together only for the few facts that are told. */
type Wording = string | (() => string);

/** Packets that show a fact; a detector need not ask whether one is there. */
type Shown = readonly (Packet | null | undefined)[];

/** A checked statement about a reset event, with the packets that show it. */
export interface Fact {
  readonly id: FactId;
  /** True or false where the captures show it; null where they cannot. */
  readonly state: boolean | null;
  /** How far the statement can be trusted, 0 to 1: complete captures, enough samples. */
  readonly quality: number;
  /** What was seen, with its values; see `wordsOf`. */
  readonly text: Wording;
  readonly packets: Shown;
}

const NO_PACKETS: Shown = [];

/** Builds a fact; a detector names only what is out of the ordinary. */
export function fact(
  id: FactId,
  state: boolean | null,
  text: Wording,
  packets: Shown = NO_PACKETS,
  quality = 1,
): Fact {
  return { id, state, quality, text, packets };
}

/** What was seen, for a reader. */
export function wordsOf({ text }: Fact): string {
  return typeof text === 'string' ? text : text();
}

/** The frames in which the packets that show a fact were seen. */
export function framesOf({ packets }: Fact): FrameRef[] {
  const frames: FrameRef[] = [];
  for (const packet of packets) {
    if (packet?.client) frames.push({ vantage: 'client', frame: packet.client.frame });
    if (packet?.server) frames.push({ vantage: 'server', frame: packet.server.frame });
  }
  // A copy is as long as it has to be; what was pushed to has room for many more, and a report keeps many of these.
  return frames.slice();
}

const SECOND = 1e9;
const MILLISECOND = 1e6;

/** A duration in nanoseconds as a reader wants it: milliseconds below a second, then seconds. */
export function spell(duration: number): string {
  if (duration < MILLISECOND) return `${(duration / 1000).toFixed(0)} µs`;
  if (duration < SECOND) return `${(duration / MILLISECOND).toFixed(1)} ms`;
  return `${(duration / SECOND).toFixed(duration < 10 * SECOND ? 2 : 1)} s`;
}

/** Who a side is, in words. */
export function nameOf(side: 0 | 1): string {
  return side === 0 ? 'client' : 'backend';
}
