import type { Pairing } from '../pair/path.js';
import { idleGap } from './detectors/idle.js';
import type { Crowd, Scene } from './scene.js';
import { countBetween, sorted } from './sorted.js';
import { lastHeard } from './watching.js';

const SECOND = 1e9;
/** The kernel resets all connections of a process that ends within this. */
const AT_ONCE = 0.005 * SECOND;

/** What the events of all paths say about each one: indexed, so that many events cost no more than their sorting. */
export class Crowds {
  readonly #times: Values;
  readonly #gaps: Values;
  readonly #latest: number;

  constructor(pairing: Pairing, scenes: readonly Scene[]) {
    this.#latest = latestCrossing(pairing);
    this.#times = sorted(scenes, senderOf, (scene) => scene.reset.time);
    this.#gaps = sorted(scenes, kindOf, idleGap);
  }

  /** Whether a packet of any connection crossed after `time`: the path was up. */
  crossedAfter = (time: number): boolean => this.#latest > time;

  /** What the events of other paths say about each event of one path. */
  aroundPath(own: readonly Scene[]): (scene: Scene) => Crowd {
    const ownTimes = sorted(own, senderOf, (scene) => scene.reset.time);
    const ownGaps = sorted(own, kindOf, idleGap);
    return (scene) => {
      const { time } = scene.reset;
      const [sender, kind] = [senderOf(scene), kindOf(scene)];
      const others = (all: Values, mine: Values, key: string, from: number, to: number) =>
        countBetween(all.get(key), from, to) - countBetween(mine.get(key), from, to);
      return {
        atOnce: others(this.#times, ownTimes, sender, time - AT_ONCE, time + AT_ONCE),
        diedAfter: (from, to) => others(this.#gaps, ownGaps, kind, from, to),
        crossedAfter: this.crossedAfter,
      };
    };
  }
}

type Values = ReadonlyMap<string, Float64Array>;

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
