import { CLOSED_BY_FIN, RESET_SEEN } from '../flow/connection-flags.js';
import type { End, Pairing, Path } from '../pair/path.js';
import { firstAbove } from './sorted.js';

const SECOND = 1e9;
/** A proxy that closes one leg closes the other one within this, or has lost it before. */
const CLOSED_TOGETHER = 1 * SECOND;
/** A proxy calls the backend so soon after its client has called, or asked for something. */
const CALLED_WITHIN = 1 * SECOND;
/** A capture file says when its last frame was, not when the capture stopped: so much later is still its end. */
const END_SLACK = 0.5 * SECOND;
/** Nor when it began: hardly in the very moment between a call and what came of it. */
const BEGIN_SLACK = 0.05 * SECOND;
/** Connections that are looked at; among so many, one may well be the other leg. */
const MOST_LOOKED_AT = 4096;
/** A leg that said nothing cannot be recognised. */
const DOUBTFUL = 0.4;

/** A connection without a partner, on the client's time line in nanoseconds. */
interface Candidate {
  readonly began: number;
  /** Infinite for one that was still open when its capture ended. */
  readonly ended: number;
}

/** Whether a proxy's leg has another one, as far as what the other vantage shows without a partner can be that. */
export class LoneLegs {
  /** At the client's vantage in the order of their ends, at the server's in that of their beginnings. */
  readonly #candidates: Partial<Record<End, { list: readonly Candidate[]; times: Float64Array }>> = {};

  constructor(private readonly pairing: Pairing) {}

  /** Trust in that a leg which nothing pairs had no other one when it ended. */
  trust(leg: Path, time: number): number {
    const [near, far] =
      leg.client === null ? (['server', 'client'] as const) : (['client', 'server'] as const);
    const record = this.pairing[far];
    if (record === null) return DOUBTFUL;
    const own = leg[near];
    const began = this.#onClock(near, own?.firstTime ?? time);
    const [from, to] = record.covered.map((at) => this.#onClock(far, at)) as [number, number];
    const asked = this.#onClock(near, Math.max(own?.firstTime ?? 0, own?.sides?.[0].lastDataTime ?? 0));
    // What a proxy calls for a client it calls at once: the rest of the leg's life need not be covered to show that.
    const isCovered = time <= to + END_SLACK || (far === 'server' && asked + CALLED_WITHIN <= to);
    return began >= from - BEGIN_SLACK && isCovered && !this.#anyCouldBe(far, began, time) ? 1 : DOUBTFUL;
  }

  /** A proxy calls the backend for a client that has called it, and closes both legs together. */
  #anyCouldBe(far: End, began: number, time: number): boolean {
    const slack = 2 * (this.pairing.clock?.uncertainty ?? Number.POSITIVE_INFINITY);
    this.#candidates[far] ??= this.#inOrder(far);
    const { list, times } = this.#candidates[far];
    const [least, most] =
      far === 'server'
        ? [began - slack, time + slack]
        : [time - CLOSED_TOGETHER - slack, Number.POSITIVE_INFINITY];
    const first = firstAbove(times, least, false);
    const next = firstAbove(times, most, true);
    if (next - first > MOST_LOOKED_AT) return true;
    return list
      .slice(first, next)
      .some((one) =>
        far === 'server' ? one.ended >= time - CLOSED_TOGETHER - slack : one.began <= began + slack,
      );
  }

  #inOrder(end: End): { list: readonly Candidate[]; times: Float64Array } {
    const key = end === 'client' ? 'ended' : 'began';
    const list = [...this.#unpaired(end)].sort((a, b) => a[key] - b[key]);
    return { list, times: Float64Array.from(list, (one) => one[key]) };
  }

  *#unpaired(end: End): Generator<Candidate> {
    const log = this.pairing[end]?.log;
    if (log === undefined) return;
    for (const row of this.pairing.unpaired(end)) {
      // What carries the requests of known clients is their leg.
      if (this.pairing.requests?.carriesAny(end, row) === true) continue;
      const { firstTime, lastTime, flags } = log.connections.at(row);
      const isOver = (flags & (CLOSED_BY_FIN | RESET_SEEN)) !== 0;
      const ended = isOver ? this.#onClock(end, lastTime) : Number.POSITIVE_INFINITY;
      yield { began: this.#onClock(end, firstTime), ended };
    }
  }

  #onClock(end: End, time: number): number {
    const { clock } = this.pairing;
    return end === 'server' && clock !== null ? clock.toClient(time) : time;
  }
}
