import type { End, Path } from '../pair/path.js';
import { ACK } from '../wire/tcp-flags.js';
import { isBare } from './bare.js';
import { endOf, isReset, type Packet } from './timeline.js';

/** Captures lose segments in bursts: of those that one misses within this, so many count as lost each by itself. */
const BURST = 1e6;
const MOST_OF_BURST = 2;

/** RSTs of one look that arrived at one vantage. */
class Sightings {
  /** Those that the vantage near their sender has too, and those that it has not. */
  nearToo = 0;
  farOnly = 0;
  readonly #ofBurst = new Map<number, number>();

  addFarOnly(time: number): void {
    const burst = Math.floor(time / BURST);
    const counted = this.#ofBurst.get(burst) ?? 0;
    if (counted === MOST_OF_BURST) return;
    this.#ofBurst.set(burst, counted + 1);
    this.farOnly += 1;
  }
}

/**
 * What RSTs that look alike tell of each other's origin. A capture that loses one segment in twenty loses one such RST
 * in twenty as well: where it lacks them all, they never passed it; where it has most, it lost the rest.
 */
export class ResetSightings {
  readonly #byLook = new Map<string, Sightings>();

  /** Takes note of a path's RSTs, as far as the capture near their sender covers them. */
  add(timeline: readonly Packet[], path: Path, isCovered: (end: End, time: number) => boolean): void {
    if (path.client === null || path.server === null || path.mode === 'proxy') return;
    for (const packet of timeline) {
      const near = endOf(packet.from);
      if (!isReset(packet) || packet[farOf(near)] === null || !isCovered(near, packet.time)) continue;
      const look = lookOf(packet);
      const seen = this.#byLook.get(look) ?? new Sightings();
      this.#byLook.set(look, seen);
      if (packet[near] === null) seen.addFarOnly(packet.time);
      else seen.nearToo += 1;
    }
  }

  /**
   * How much likelier it is, in decibans, that a RST which the capture near its sender lacks never passed it than that it
   * passed and was lost there. Below 0: that it was lost.
   * @param loss share of segments that this capture loses, above 0
   */
  againstLoss(packet: Packet, loss: number): number {
    const { nearToo = 0, farOnly = 0 } = this.#byLook.get(lookOf(packet)) ?? {};
    const missing = Math.max(1, farOnly);
    const allLost = missing * decibans(loss) + 10 * logChoose(nearToo + missing, missing);
    const expected = (nearToo * loss) / (1 - loss);
    // Some of them may have been lost although others never passed.
    const thisLost = expected === 0 ? Number.NEGATIVE_INFINITY : decibans(expected / missing);
    return -Math.max(allLost, thisLost);
  }
}

/** What tells the RSTs of one device from those of others where they arrive: alleged sender, distance, form. */
function lookOf(packet: Packet): string {
  const arrived = packet[farOf(endOf(packet.from))];
  if (arrived === null) return '';
  return `${packet.from} ${arrived.ttl} ${packet.flags & ACK} ${isBare(arrived)}`;
}

function farOf(end: End): End {
  return end === 'client' ? 'server' : 'client';
}

function decibans(odds: number): number {
  return 10 * Math.log10(odds);
}

/** Logarithm to base 10 of the number of ways to choose `few` of `all`. */
function logChoose(all: number, few: number): number {
  let sum = 0;
  for (let i = 1; i <= few; i += 1) sum += Math.log10((all - few + i) / i);
  return sum;
}
