import type { FactId } from '../evidence/fact.js';
import type { CauseClass, Impact, Originator } from '../words.js';

/** Decibans by fact: ten times their logarithmic odds, so 10 makes a cause ten times likelier and 20 a hundred. */
export type Weights = Readonly<Partial<Record<FactId, number>>>;

/**
 * One way in which a reset comes about: what it needs, what excludes it, what speaks for and against it, and what a
 * reader is told. A rule holds no code; the engine knows none by name.
 */
export interface Rule {
  readonly class: CauseClass;
  readonly subtype: string;
  readonly originator: Originator;
  /** What happened, as one clause. */
  readonly title: string;
  /** Facts without which this cannot be. */
  readonly requires: readonly FactId[];
  /** Facts with which this cannot be. */
  readonly excludes: readonly FactId[];
  /** Weight of each fact that holds. */
  readonly weights: Weights;
  /** Weight of each fact that is known not to hold. */
  readonly unless?: Weights;
  /** What captures cannot rule out. */
  readonly doubts?: readonly Doubt[];
  readonly impact: Impact;
  /** What to do about it, most useful first. */
  readonly advice: readonly string[];
}

/** Where a cause may only look like this: never surer than that, from 0 to 1, unless one of these facts holds. */
export interface Doubt {
  readonly surest: number;
  readonly unless: readonly FactId[];
}

/** An end of the path, with the facts that name it. */
export interface EndOfPath {
  readonly name: 'client' | 'backend';
  readonly class: 'client-originated' | 'backend-originated';
  readonly born: 'born-client-side' | 'born-server-side';
}

export const CLIENT: EndOfPath = { name: 'client', class: 'client-originated', born: 'born-client-side' };
export const BACKEND: EndOfPath = { name: 'backend', class: 'backend-originated', born: 'born-server-side' };

/** What speaks for the very host that a RST names as its sender, and not for a box near it. */
export const OWN_HOST: Weights = {
  'ip-id-continues': 10,
  'timestamp-continues': 8,
  'flow-label-as-sender': 5,
  'ttl-as-sender': 3,
  'ttl-unlike-sender': -20,
  'ip-id-mirrors-trigger': -12,
  'sender-went-on': -30,
  'numbers-guessed': -20,
  'proxy-likely': -12,
};

/** What a box leaves that answers a segment instead of forwarding it. */
export const REPLY_IN_BETWEEN: Weights = {
  'answers-segment': 6,
  'trigger-never-crossed': 8,
  'answered-too-soon': 10,
  'form-passive': 4,
};

/** Whether what reset a forwarded connection stood where the balancer can, and dealt with it as a balancer does. */
export const BALANCER_STANDS_THERE: Weights = {
  'only-router': 6,
  // Possible: a client and its balancer in one network.
  'first-router': -3,
  // What knows a connection well enough to forward it had not forgotten it.
  'still-forwarded': -4,
  // What has no socket builds a RST from nothing but numbers.
  'form-copied': -12,
};

/** The same marks on a RST that was made elsewhere would have been forged to the bit; what does not fit speaks for it. */
export const NOT_OWN_HOST: Weights = {
  'ip-id-continues': -10,
  'timestamp-continues': -8,
  'flow-label-as-sender': -5,
  'ttl-unlike-sender': 10,
  'sender-went-on': 15,
  // A box that forwards the connection knows its numbers.
  'numbers-guessed': -20,
};
