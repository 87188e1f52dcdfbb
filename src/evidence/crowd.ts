import type { Pairing, Path } from '../pair/path.js';
import { Closes } from './closes.js';
import { idleGap, LEAST_IDLE, longerThan } from './detectors/idle.js';
import { Lives } from './lives.js';
import { type ProbeRun, patienceOf, sentIn } from './probe-run.js';
import { sameTimer } from './probing.js';
import { Retries } from './retries.js';
import type { Crowd, GivenUp, Scene } from './scene.js';
import { Values } from './sorted.js';
import { type Survived, Survivors } from './survivors.js';
import { lastHeard } from './watching.js';

const SECOND = 1e9;
/** The kernel resets all connections of a process that ends within this. */
const AT_ONCE = 0.005 * SECOND;
/** A box that loses or throws away its state shows it within this on every connection that is in use. */
const TOGETHER = 1 * SECOND;
/** Idle gaps of one timer agree to this share, or to `GAP_SLACK` for short ones. */
const GAP_SHARE = 0.02;
const GAP_SLACK = 0.25 * SECOND;
/** Idle times below this are pauses. */
const SHORTEST_IDLE = 1 * SECOND;
/** Clocks that agree less well than this cannot tell what came of what. */
const CLOSE_CLOCKS = 0.05 * SECOND;

/** Failed keepalives of one host that are remembered; more say nothing new. */
const MOST_GIVEN_UP = 64;

/** What the events of all paths say about each one: kept as numbers, so that many events cost no more than their sorting. */
export class Crowds {
  readonly #all = eventValues();
  readonly #givenUp = new Map<string, Failure[]>();
  readonly #latest: number;
  readonly #retries: Retries;
  readonly #survivors: Survivors;
  readonly #closes: Closes;
  readonly #lives: Lives;

  constructor(pairing: Pairing) {
    this.#latest = latestCrossing(pairing);
    this.#retries = new Retries(pairing);
    this.#survivors = new Survivors(pairing);
    this.#closes = new Closes(pairing);
    this.#lives = new Lives(pairing);
  }

  /** Takes one event into account; before the first question is asked. */
  add(scene: Scene): void {
    note(scene, this.#all);
    this.#retries.add(scene.path);
    const failure = failureOf(scene);
    if (failure === null) return;
    const known = this.#givenUp.get(senderOf(scene));
    if (known === undefined) this.#givenUp.set(senderOf(scene), [failure]);
    else if (known.length < MOST_GIVEN_UP) known.push(failure);
  }

  /** Whether a packet of any connection crossed after `time`: the path was up. */
  crossedAfter = (time: number): boolean => this.#latest > time;

  /** How many connections of a path's frontend came through an idle time longer than one, in nanoseconds. */
  survivedLonger = (path: Path, gap: number): Survived =>
    this.#survivors.between(path, longerThan(gap), Number.POSITIVE_INFINITY);

  /** What the events of other paths say about each event of one path. */
  aroundPath(own: readonly Scene[]): (scene: Scene) => Crowd {
    const mine = own.length === 1 ? null : ownValues(own);
    return (scene) => {
      const { time } = scene.reset;
      const [sender, kind, gap] = [senderOf(scene), kindOf(scene), idleGap(scene)];
      const ownTimes = (from: number, to: number) =>
        mine === null ? oneBetween(time, from, to) : mine.times.between(sender, from, to);
      const ownGaps = (from: number, to: number) =>
        mine === null ? oneBetween(gap, from, to) : mine.gaps.between(kind, from, to);
      const [from, to] = [time - AT_ONCE, time + AT_ONCE];
      return {
        atOnce: this.#all.times.between(sender, from, to) - ownTimes(from, to),
        gaveUpAlike: (run) => alike(this.#givenUp.get(sender) ?? [], run, scene.seen.frame),
        crossedAfter: this.crossedAfter,
        together: {
          all: this.#all.made.between(kind, time - TOGETHER, time + TOGETHER) - countOf(mine, kind, time),
          ...this.#alike(scene, gap, ownGaps),
          inUse: this.#near(scene, 0, LEAST_IDLE) - (gap !== null && gap < LEAST_IDLE ? 1 : 0),
          idleUpTo: (longest) =>
            this.#all.gaps.between(kind, SHORTEST_IDLE, longest) - ownGaps(SHORTEST_IDLE, longest),
        },
        endResetNearby: this.#endResets(scene),
        livedThrough: () => this.#lives.through(time),
        survivedBetween: (least, most) => this.#survivors.between(scene.path, least, most),
        closesAround: (host, at, quiet) => this.#closes.around(scene.seenAt, host, at, quiet),
        period: periodOf({ at: time, ...this.#all.services.around(serviceOf(scene), time, BEATS) }),
        servedAgain: () => this.#retries.after(scene.path, time),
      };
    };
  }

  /** Other events after the same idle gap: a timer that fires at different times shows better than one crowd does. */
  #alike(
    scene: Scene,
    gap: number | null,
    own: (from: number, to: number) => number,
  ): { alike: number; alikeElsewhen: number } {
    if (gap === null) return { alike: 0, alikeElsewhen: 0 };
    const [from, to] = aroundGap(gap);
    const kind = kindOf(scene);
    const alike = this.#all.gaps.between(kind, from, to) - own(from, to);
    return { alike, alikeElsewhen: Math.max(0, alike + own(from, to) - this.#atOnce(scene, from, to)) };
  }

  /** Events of the same kind at the very moment of one, after an idle gap between two lengths. */
  #atOnce(scene: Scene, from: number, to: number): number {
    const [kind, tick] = [kindOf(scene), tickOf(scene)];
    return [tick - 1, tick, tick + 1]
      .map((one) => this.#all.gapsAtOnce.between(`${kind} ${one}`, from, to))
      .reduce((sum, count) => sum + count, 0);
  }

  /** Events of the same kind in the same moments, after an idle gap between two lengths. */
  #near(scene: Scene, from: number, to: number): number {
    const [kind, moment] = [kindOf(scene), momentOf(scene)];
    return [moment - 1, moment, moment + 1]
      .map((one) => this.#all.gapsAt.between(`${kind} ${one}`, from, to))
      .reduce((sum, count) => sum + count, 0);
  }

  /** Resets that ends of the other side sent just before or with this one; null where the clocks cannot tell. */
  #endResets({ seenAt, reset, uncertainty }: Scene): number | null {
    if (uncertainty > CLOSE_CLOCKS) return null;
    const origin = seenAt === 'server' ? 'client-side' : 'server-side';
    const slack = 2 * uncertainty + AT_ONCE;
    return this.#all.byOrigin.between(origin, reset.time - slack, reset.time + 2 * uncertainty);
  }
}

/** Times and idle gaps of events. */
interface EventValues {
  /** By the host in whose name a RST came. */
  readonly times: Values;
  /** By where and how it was made. */
  readonly made: Values;
  readonly gaps: Values;
  /** The same by moment too, and by the very moment. */
  readonly gapsAt: Values;
  readonly gapsAtOnce: Values;
  /** By who reset whom. */
  readonly services: Values;
  /** By where they were made alone. */
  readonly byOrigin: Values;
}

function eventValues(): EventValues {
  return {
    times: new Values(),
    made: new Values(),
    gaps: new Values(),
    gapsAt: new Values(),
    gapsAtOnce: new Values(),
    services: new Values(),
    byOrigin: new Values(),
  };
}

/** Gaps that count as the same one. */
export function aroundGap(gap: number): [least: number, most: number] {
  const slack = Math.max(GAP_SLACK, GAP_SHARE * gap);
  return [gap - slack, gap + slack];
}

/** How many of a path's own events were made in the same way at about the same time; one where it has only one. */
function countOf(own: EventValues | null, kind: string, time: number): number {
  return own === null ? 1 : own.made.between(kind, time - TOGETHER, time + TOGETHER);
}

function ownValues(scenes: readonly Scene[]): EventValues {
  const values = eventValues();
  for (const scene of scenes) note(scene, values);
  return values;
}

function note(
  scene: Scene,
  { times, made, gaps, gapsAt, gapsAtOnce, services, byOrigin }: EventValues,
): void {
  byOrigin.add(scene.event.origin.possible.join(), scene.reset.time);
  services.add(serviceOf(scene), scene.reset.time);
  times.add(senderOf(scene), scene.reset.time);
  made.add(kindOf(scene), scene.reset.time);
  const gap = idleGap(scene);
  if (gap === null) return;
  gaps.add(kindOf(scene), gap);
  gapsAt.add(`${kindOf(scene)} ${momentOf(scene)}`, gap);
  gapsAtOnce.add(`${kindOf(scene)} ${tickOf(scene)}`, gap);
}

/** A failed keepalive of some connection. */
interface Failure extends GivenUp {
  /** Of the RST. */
  readonly frame: number;
  readonly wait: number;
  readonly interval: number;
}

function failureOf({ probing: run, seen }: Scene): Failure | null {
  const patience = run === null ? null : patienceOf(run);
  if (run === null || run.wait === null || patience === null) return null;
  if (run.rhythm === 'uneven' || run.rhythm === 'single') return null;
  return { frame: seen.frame, wait: run.wait, interval: run.interval, sent: sentIn(run), patience };
}

/** Those of other connections that waited as long before the first probe, and as long between probes. */
function alike(failures: readonly Failure[], run: ProbeRun, frame: number): readonly GivenUp[] {
  const { wait } = run;
  if (wait === null) return [];
  return failures.filter(
    (other) =>
      other.frame !== frame && sameTimer(other.wait, wait) && sameTimer(other.interval, run.interval),
  );
}

/** What a list of this one value would say; most paths have one event. */
function oneBetween(value: number | null, from: number, to: number): number {
  return value !== null && value >= from && value <= to ? 1 : 0;
}

/** The host in whose name a RST came, at the vantage where it was seen. */
function senderOf(scene: Scene): string {
  return `${scene.seenAt} ${scene.path[scene.seenAt]?.endpoints[scene.sender].ip ?? ''}`;
}

/** The host in whose name a RST came, and the service that it was about. */
function serviceOf(scene: Scene): string {
  const { ip, port } = scene.path[scene.seenAt]?.endpoints[1] ?? { ip: '', port: 0 };
  return `${senderOf(scene)} ${ip} ${port}`;
}

/** Resets before and after one that are looked at for a rhythm. */
const BEATS = 3;
/** Steps of one rhythm differ by this share at most, or by `BEAT_SLACK`: a prober waits for its own timer. */
const BEAT_SHARE = 0.03;
const BEAT_SLACK = 0.03 * SECOND;
/** Equal steps in a row that make a rhythm, and the shortest step that is one. */
const LEAST_STEPS = 3;
const LEAST_STEP = 0.5 * SECOND;

/** The step between resets, where those around one come at even steps; null where they do not. */
function periodOf({ before, at, after }: { before: number[]; at: number; after: number[] }): number | null {
  const times = [...before, at, after].flat();
  const steps = times.slice(1).map((time, i) => time - (times[i] as number));
  for (let from = 0; from + LEAST_STEPS <= steps.length; from += 1) {
    const run = steps.slice(from, from + LEAST_STEPS);
    const [least, most] = [Math.min(...run), Math.max(...run)];
    if (least >= LEAST_STEP && most - least <= Math.max(BEAT_SLACK, BEAT_SHARE * least)) return least;
  }
  return null;
}

/** What one cause does to several connections comes within this. */
const TICK = 0.05 * SECOND;

function tickOf({ reset }: Scene): number {
  return Math.floor(reset.time / TICK);
}

/** The second in which an event was. */
function momentOf({ reset }: Scene): number {
  return Math.floor(reset.time / TOGETHER);
}

/** Events that were made in the same place in the same way. */
function kindOf({ event, path, seenAt, sender, seen }: Scene): string {
  // A proxy ends both legs of a connection: as one thing, they count once at each end.
  const leg = path.mode === 'proxy' ? seenAt : '';
  const origin = event.origin.possible.join();
  // A RST toward one end tells where it was made: one box stands at one distance.
  const place = origin === 'between' && !event.bothEnds ? `${seenAt} ${sender} ${seen.ttl}` : '';
  return `${origin} ${event.bothEnds} ${leg} ${place}`;
}

/**
 * The last moment at which any connection is known to have got a packet across: a client's segment at the server's
 * vantage, a server's at the client's. RSTs do not count, a box in between may have made them.
 */
function latestCrossing({ client, server, clock, pairs }: Pairing): number {
  let latest = Number.NEGATIVE_INFINITY;
  if (client === null || server === null || clock === null) return latest;
  for (const pair of pairs) {
    if (pair.proxied) continue;
    const arrivedAtServer = lastHeard(server.log, pair.server, 0);
    const arrivedAtClient = lastHeard(client.log, pair.client, 1);
    latest = Math.max(latest, clock.toClient(arrivedAtServer), arrivedAtClient);
  }
  return latest;
}
