import type { End, Pairing, Path } from '../pair/path.js';
import { type Loss, LossTally } from './loss.js';
import { ResetSightings } from './sightings.js';
import type { Packet } from './timeline.js';

/** An absence weighs this much at most, in decibans, however complete the capture (see the rules' weights). */
const FULL_WEIGHT = 25;

/** A path with what was kept of it, on one clock. */
type Told = { readonly path: Path; readonly timeline: readonly Packet[] };

/** How far the losses of two captures leave an absence to be trusted, from 0 to 1. */
export class Losses {
  readonly #loss: Loss;
  readonly #sightings = new ResetSightings();

  /** @param ended when each capture ended */
  constructor(pairing: Pairing, told: () => Iterable<Told>, ended: Readonly<Record<End, number>>) {
    const tally = new LossTally();
    for (const end of ['client', 'server'] as const) {
      const record = pairing[end];
      if (record !== null) tally.addHandshakes(end, record.log);
    }
    if (pairing.client !== null && pairing.server !== null)
      for (const { path, timeline } of told()) tally.add(path, timeline, ended);
    this.#loss = tally.loss;
  }

  /** Takes the RSTs of all paths into account, where a capture loses enough for it to matter. */
  sight(told: () => Iterable<Told>, isCovered: (end: End, time: number, path: Path) => boolean): void {
    if (!this.matter('client') && !this.matter('server')) return;
    for (const { path, timeline } of told())
      this.#sightings.add(timeline, path, (end, time) => isCovered(end, time, path));
  }

  /** Whether a capture loses so much that what it lacks once is no proof. */
  matter(end: End): boolean {
    return this.trust(end, 1) < 1;
  }

  /** Trust in that a capture did not lose each of so many segments. */
  trust(end: End, segments: number): number {
    return this.#loss[end] === 0 ? 1 : asTrust(-10 * segments * Math.log10(this.#loss[end]));
  }

  /** Trust in that a RST never passed the capture near its sender: others that look alike tell too. */
  trustInNoReset(end: End, packet: Packet): number {
    return this.matter(end) ? asTrust(this.#sightings.againstLoss(packet, this.#loss[end])) : 1;
  }
}

/** Decibans as a share of the full weight of an absence. */
function asTrust(decibans: number): number {
  return Math.min(1, Math.max(0, decibans / FULL_WEIGHT));
}
