import type { Pairing } from '../pair/path.js';
import { idleGap } from './detectors/idle.js';
import type { Crowd, Scene } from './scene.js';
import { Values } from './sorted.js';
import { lastHeard } from './watching.js';

const SECOND = 1e9;
/** The kernel resets all connections of a process that ends within this. */
const AT_ONCE = 0.005 * SECOND;

/** What the events of all paths say about each one: kept as numbers, so that many events cost no more than their sorting. */
export class Crowds {
  readonly #times = new Values();
  readonly #gaps = new Values();
  readonly #latest: number;

  constructor(pairing: Pairing) {
    this.#latest = latestCrossing(pairing);
  }

  /** Takes one event into account; before the first question is asked. */
  add(scene: Scene): void {
    note(scene, this.#times, this.#gaps);
  }

  /** Whether a packet of any connection crossed after `time`: the path was up. */
  crossedAfter = (time: number): boolean => this.#latest > time;

  /** What the events of other paths say about each event of one path. */
  aroundPath(own: readonly Scene[]): (scene: Scene) => Crowd {
    const ownTimes = new Values();
    const ownGaps = new Values();
    for (const scene of own) note(scene, ownTimes, ownGaps);
    return (scene) => {
      const { time } = scene.reset;
      const [sender, kind] = [senderOf(scene), kindOf(scene)];
      const others = (all: Values, mine: Values, key: string, from: number, to: number) =>
        all.between(key, from, to) - mine.between(key, from, to);
      return {
        atOnce: others(this.#times, ownTimes, sender, time - AT_ONCE, time + AT_ONCE),
        diedAfter: (from, to) => others(this.#gaps, ownGaps, kind, from, to),
        crossedAfter: this.crossedAfter,
      };
    };
  }
}

function note(scene: Scene, times: Values, gaps: Values): void {
  times.add(senderOf(scene), scene.reset.time);
  const gap = idleGap(scene);
  if (gap !== null) gaps.add(kindOf(scene), gap);
}

/** The host in whose name a RST came, at the vantage where it was seen. */
function senderOf(scene: Scene): string {
  return `${scene.seenAt} ${scene.path[scene.seenAt]?.endpoints[scene.sender].ip ?? ''}`;
}

/** Events that were made in the same place in the same way. */
function kindOf({ event }: Scene): string {
  return `${event.origin.possible.join()} ${event.bothEnds}`;
}

/**
 * The last moment at which any connection is known to have got a packet across: a client's segment at the server's
 * vantage, a server's at the client's. RSTs do not count, a box in between may have made them.
 */
function latestCrossing({ client, server, clock, pairs }: Pairing): number {
  let latest = Number.NEGATIVE_INFINITY;
  if (client === null || server === null || clock === null) return latest;
  for (const pair of pairs) {
    const arrivedAtServer = lastHeard(server.log, pair.server, 0);
    const arrivedAtClient = lastHeard(client.log, pair.client, 1);
    latest = Math.max(latest, clock.toClient(arrivedAtServer), arrivedAtClient);
  }
  return latest;
}
