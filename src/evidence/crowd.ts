import type { Pairing, Path } from '../pair/path.js';
import { Bursts } from './bursts.js';
import { Closes } from './closes.js';
import { type Crossing, Crossings } from './crossings.js';
import { idleGap, longerThan } from './detectors/idle.js';
import { Failures } from './failures.js';
import {
  callerOf,
  type Happenings,
  happenings,
  happeningsOf,
  isInUse,
  kindOf,
  note,
  refusesSyn,
  senderOf,
  serviceOf,
  TOGETHER,
} from './happenings.js';
import { Lives } from './lives.js';
import type { OtherLegs } from './other-legs.js';
import { Places } from './places.js';
import { Retries } from './retries.js';
import { BEATS, periodOf } from './rhythm.js';
import type { Crowd, Scene } from './scene.js';
import { type Survived, Survivors } from './survivors.js';

const SECOND = 1e9;
/** The kernel resets all connections of a process that ends within this. */
const AT_ONCE = 0.005 * SECOND;
/** So many resets of connections in use within a second show that state was lost. */
const LEAST_LOST = 3;
/** A proxy tries a backend again for one user, too: HAProxy three times by default, a second apart (`retries`). */
const TRIES = 5;
/** Idle gaps of one timer agree to this share, or to `GAP_SLACK` for short ones. */
const GAP_SHARE = 0.02;
const GAP_SLACK = 0.25 * SECOND;
/** That is no more than this share of them. */
const GAP_SLACK_SHARE = 0.05;
/** Idle times below this are pauses. */
const SHORTEST_IDLE = 1 * SECOND;

/** What the events of all paths say about each one: kept as numbers, so that many events cost no more than their sorting. */
export class Crowds {
  readonly #all = happenings();
  readonly #stateLosses = new Bursts(this.#all.inUse, LEAST_LOST, TOGETHER);
  readonly #failures = new Failures();
  readonly #crossings: Crossings;
  readonly #places = new Places();
  readonly #retries: Retries;
  readonly #survivors: Survivors;
  readonly #closes: Closes;
  readonly #lives: Lives;
  readonly #otherLegs: OtherLegs;

  constructor(pairing: Pairing, otherLegs: OtherLegs) {
    this.#crossings = new Crossings(pairing);
    this.#retries = new Retries(pairing);
    this.#survivors = new Survivors(pairing);
    this.#closes = new Closes(pairing);
    this.#lives = new Lives(pairing);
    this.#otherLegs = otherLegs;
  }

  /** Takes one event into account; before the first question is asked. */
  add(scene: Scene): void {
    note(scene, this.#all);
    this.#retries.add(scene.path);
    this.#failures.add(scene);
    this.#otherLegs.add(scene);
    this.#places.add(scene);
  }

  /** What of other connections got across while packets of a path vanished between two moments. */
  crossedAround = (path: Path, from: number, to: number): Crossing => this.#crossings.around(path, from, to);

  /** How many connections of a path's frontend came through an idle time longer than one, in nanoseconds. */
  survivedLonger = (path: Path, gap: number): Survived =>
    this.#survivors.between(path, longerThan(gap), Number.POSITIVE_INFINITY);

  /** What the events of other paths say about each event of one path. */
  aroundPath(own: readonly Scene[]): (scene: Scene) => Crowd {
    const mine = own.length === 1 ? null : happeningsOf(own);
    return (scene) => {
      const { time } = scene.reset;
      const [sender, kind, gap] = [senderOf(scene), kindOf(scene), idleGap(scene)];
      const ownTimes = (from: number, to: number) =>
        mine === null ? oneBetween(time, from, to) : mine.times.between(sender, from, to);
      const ownGaps = (from: number, to: number) =>
        mine === null ? oneBetween(gap, from, to) : mine.gaps.between(kind, from, to);
      const ownInUse = (from: number, to: number) =>
        mine === null ? Number(isInUse(gap)) : mine.inUse.between(kind, from, to);
      const [from, to] = [time - AT_ONCE, time + AT_ONCE];
      // Only a box in between does things to many connections, or in a rhythm of its own.
      const isBetween = scene.event.origin.possible.includes('between');
      return {
        atOnce: this.#all.times.between(sender, from, to) - ownTimes(from, to),
        gaveUpAlike: (run) => this.#failures.like(run, scene),
        crossedAround: (since, until) => this.crossedAround(scene.path, since, until),
        together: {
          all: this.#all.made.between(kind, ...around(time)) - countOf(mine, kind, time),
          ...this.#alike(scene, gap, ownGaps),
          inUse: isBetween ? this.#all.inUse.between(kind, ...around(time)) - ownInUse(...around(time)) : 0,
          otherwiseIdle: this.#otherwiseIdle(scene, gap, mine),
          idleUpTo: (longest) =>
            this.#all.gaps.between(kind, SHORTEST_IDLE, longest) - ownGaps(SHORTEST_IDLE, longest),
        },
        inUseResetSince: (since) =>
          isBetween ? this.#stateLosses.lastBetween(kind, since, time - TOGETHER) : null,
        otherLegsClosed: () => this.#otherLegs.closedWith(scene),
        forwardedOn: isBetween
          ? this.#all.forwardedOn.between(kind, ...around(time)) -
            (mine?.forwardedOn.between(kind, ...around(time)) ?? 0)
          : 0,
        elsewhere: () => this.#places.elsewhere(scene),
        livedThrough: () => this.#lives.through(time),
        survivedBetween: (least, most) => this.#survivors.between(scene.path, least, most),
        closesAround: (host, at, quiet) => this.#closes.around(scene.seenAt, host, at, quiet),
        // What is called in a rhythm answers in that rhythm: it is the caller's.
        period:
          isBetween && scene.sender === 0
            ? periodOf({ at: time, ...this.#all.services.around(serviceOf(scene), time, BEATS) })
            : null,
        calledEvery: refusesSyn(scene)
          ? periodOf({ at: time, ...this.#all.refused.around(callerOf(scene), time, TRIES) }, TRIES)
          : null,
        servedAgain: () => this.#retries.after(scene.path, time),
      };
    };
  }

  /** Other events after the same idle gap: a timer that fires at different times shows better than one crowd does. */
  #alike(
    scene: Scene,
    gap: number | null,
    own: (from: number, to: number) => number,
  ): { alike: number; alikeElsewhen: number; alikeAtOnce: number } {
    if (gap === null || gap < SHORTEST_IDLE) return { alike: 0, alikeElsewhen: 0, alikeAtOnce: 0 };
    const [from, to] = aroundGap(gap);
    const kind = kindOf(scene);
    const all = this.#all.gaps.between(kind, from, to);
    const atOnce = this.#all.gapsAtOnce.near(kind, scene.reset.time, from, to);
    return {
      alike: all - own(from, to),
      alikeElsewhen: Math.max(0, all - atOnce),
      alikeAtOnce: Math.max(0, atOnce - own(from, to)),
    };
  }

  /** Resets in the same moment whose connections had been idle for another time, or not at all. */
  #otherwiseIdle(scene: Scene, gap: number | null, own: Happenings | null): number {
    if (gap === null) return 0;
    const [kind, time] = [kindOf(scene), scene.reset.time];
    const [from, to] = aroundGap(gap);
    const other = ({ gapsAtOnce }: Happenings) =>
      gapsAtOnce.near(kind, time, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY) -
      gapsAtOnce.near(kind, time, from, to);
    return other(this.#all) - (own === null ? 0 : other(own));
  }
}

/** Gaps that count as the same one. */
function aroundGap(gap: number): [least: number, most: number] {
  const slack = Math.max(Math.min(GAP_SLACK, GAP_SLACK_SHARE * gap), GAP_SHARE * gap);
  return [gap - slack, gap + slack];
}

/** The moments that are about the same as one. */
function around(time: number): [from: number, to: number] {
  return [time - TOGETHER, time + TOGETHER];
}

/** How many of a path's own events were made in the same way at about the same time; one where it has only one. */
function countOf(own: Happenings | null, kind: string, time: number): number {
  return own === null ? 1 : own.made.between(kind, ...around(time));
}

/** What a list of this one value would say; most paths have one event. */
function oneBetween(value: number | null, from: number, to: number): number {
  return value !== null && value >= from && value <= to ? 1 : 0;
}
