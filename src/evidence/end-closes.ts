import { CALLED_CLOSED_FIRST, CLOSED_BY_FIN } from '../flow/connection-flags.js';
import type { End, Pairing } from '../pair/path.js';
import { finOf } from './detectors/close.js';
import { areBothLegsKnown } from './proxy.js';
import type { Scene } from './scene.js';
import { firstAbove } from './sorted.js';

const SECOND = 1e9;
/** Clocks that agree less well than this cannot tell what came of what. */
const CLOSE_CLOCKS = 0.25 * SECOND;
/** A proxy passes on within this that an end reset its leg. */
const PASSED_ON = 0.005 * SECOND;
/** An orderly close is over only when both sides have acknowledged it, some round trips later. */
const CLOSED_WITHIN = 0.05 * SECOND;
/** How often ends close at large shows in this much time before and after. */
const AT_LARGE = 5 * SECOND;

type Manner = 'reset' | 'fin';

/** What ends on the other side did at a moment, to legs whose other leg is not known. */
export interface EndsNearby {
  readonly count: number;
  /** How little of it is to be expected by chance, 0 to 1. */
  readonly trust: number;
}

/** An end's close of its leg, on the client's time line in nanoseconds. */
interface Close {
  readonly time: number;
  readonly began: number;
}

/**
 * When ends closed legs of a proxy that nobody can tell the other leg of: what a proxy does to a leg just then may be
 * its way of passing that on.
 */
export class EndCloses {
  readonly #closes = new Map<string, ClosesInOrder>();

  constructor(private readonly pairing: Pairing) {
    for (const end of ['client', 'server'] as const) this.#addFins(end);
  }

  /** Takes a reset into account; before the first question is asked. */
  add(scene: Scene): void {
    const [origin, ...others] = scene.event.origin.possible;
    if (others.length > 0 || origin === 'between' || origin === undefined) return;
    if (areBothLegsKnown(scene.path, scene.beyond)) return;
    const end = origin === 'client-side' ? 'client' : 'server';
    this.#of(end, 'reset').add({ time: scene.reset.time, began: this.#beganOf(scene, end) });
  }

  /** What ends on the other side did just before this leg was closed, or with it; null where the clocks cannot tell. */
  nearby(scene: Scene, manner: Manner): EndsNearby | null {
    const { seenAt, reset, sender, uncertainty } = scene;
    if (uncertainty > CLOSE_CLOCKS) return null;
    const { time } = finOf(scene, sender) ?? reset;
    const slack = 2 * uncertainty + PASSED_ON;
    const from = time - slack;
    const to = time + 2 * uncertainty + (manner === 'fin' ? CLOSED_WITHIN : 0);
    const began = this.#beganOf(scene, seenAt);
    // A proxy calls the backend for a client that has called it.
    const couldBe: (close: Close) => boolean =
      seenAt === 'client' ? (close) => close.began >= began - slack : (close) => close.began <= began + slack;
    const closes = this.#of(seenAt === 'client' ? 'server' : 'client', manner);
    const count = closes.between(from, to, couldBe);
    if (count === 0) return { count, trust: 1 };
    const others = closes.between(time - AT_LARGE, time + AT_LARGE, couldBe) - count;
    const expected = (others * (to - from)) / (2 * AT_LARGE);
    return { count, trust: Math.exp(-expected) };
  }

  #addFins(end: End): void {
    const { [end]: record, clock } = this.pairing;
    if (record === null) return;
    const closes = this.#of(end, 'fin');
    const first = end === 'client' ? CLOSED_BY_FIN : CLOSED_BY_FIN | CALLED_CLOSED_FIRST;
    const onClock = (time: number) => (end === 'server' && clock !== null ? clock.toClient(time) : time);
    for (const row of this.pairing.unpaired(end)) {
      const { flags, firstTime, lastTime } = record.log.connections.at(row);
      if ((flags & (CLOSED_BY_FIN | CALLED_CLOSED_FIRST)) !== first) continue;
      closes.add({ time: onClock(lastTime), began: onClock(firstTime) });
    }
  }

  #beganOf({ path }: Scene, end: End): number {
    const time = path[end]?.firstTime ?? Number.NEGATIVE_INFINITY;
    const { clock } = this.pairing;
    return end === 'server' && clock !== null ? clock.toClient(time) : time;
  }

  #of(end: End, manner: Manner): ClosesInOrder {
    const key = `${end} ${manner}`;
    const closes = this.#closes.get(key) ?? new ClosesInOrder();
    this.#closes.set(key, closes);
    return closes;
  }
}

/** Closes by their time. All are added before the first question. */
class ClosesInOrder {
  readonly #closes: Close[] = [];
  #times: Float64Array | null = null;

  add(close: Close): void {
    this.#closes.push(close);
  }

  /** How many lie between two times, both included, and could be meant. */
  between(from: number, to: number, couldBe: (close: Close) => boolean): number {
    this.#times ??= this.#inOrder();
    const [first, next] = [firstAbove(this.#times, from, false), firstAbove(this.#times, to, true)];
    return this.#closes.slice(first, next).filter(couldBe).length;
  }

  #inOrder(): Float64Array {
    this.#closes.sort((a, b) => a.time - b.time);
    return Float64Array.from(this.#closes, ({ time }) => time);
  }
}
