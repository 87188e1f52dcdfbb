import { idleGap, LEAST_IDLE } from './detectors/idle.js';
import { hopsBetween, hopsTo } from './hops.js';
import type { Scene } from './scene.js';

/** A single reset from elsewhere may have been sent with a TTL of its maker's own invention. */
const LEAST_ELSEWHERE = 2;
/** Farther away than this is no place: the TTL was made up. */
const FARTHEST = 30;

/** Idle connections that were reset in another place than one. */
export interface Elsewhere {
  /** Routers between the client's vantage and the box that made this reset. */
  readonly own: number;
  /** The same of the box that made most of the others. */
  readonly other: number;
  readonly count: number;
  /** Whether this box resets idle connections too. */
  readonly alsoHere: boolean;
}

/** Where between the captures connections of each client were reset: a box stands in one place of its way. */
export class Places {
  readonly #idle = new Map<string, Map<number, number>>();

  /** Takes one event into account; before the first question is asked. */
  add(scene: Scene): void {
    const place = placeOf(scene);
    const client = scene.path.client?.endpoints[0].ip;
    if (place === null || client === undefined || !wasIdle(scene)) return;
    const counts = this.#idle.get(client) ?? new Map<number, number>();
    this.#idle.set(client, counts.set(place, (counts.get(place) ?? 0) + 1));
  }

  /** Idle connections of the same client that were reset elsewhere; null where none were, or the place does not show. */
  elsewhere(scene: Scene): Elsewhere | null {
    const own = placeOf(scene);
    const counts = this.#idle.get(scene.path.client?.endpoints[0].ip ?? '');
    if (own === null || counts === undefined) return null;
    const others = [...counts].filter(([place, count]) => place !== own && count >= LEAST_ELSEWHERE);
    const [most] = others.sort((a, b) => b[1] - a[1]);
    if (most === undefined) return null;
    return { own, other: most[0], count: most[1], alsoHere: wasIdle(scene) || counts.has(own) };
  }
}

function wasIdle(scene: Scene): boolean {
  return (idleGap(scene) ?? 0) >= LEAST_IDLE;
}

/** Routers between the client's vantage and the box that made a reset in between; null where TTLs do not tell. */
function placeOf({ path, event }: Scene): number | null {
  const { possible } = event.origin;
  if (path.mode === 'proxy' || !possible.includes('between')) return null;
  const hops = hopsBetween(path);
  const atClient = event.packets.find((packet) => packet.from === 1 && packet.client !== null)?.client;
  const atServer = event.packets.find((packet) => packet.from === 0 && packet.server !== null)?.server;
  const place = atClient
    ? hopsTo(atClient.ttl)
    : atServer && hops !== null
      ? hops - 1 - hopsTo(atServer.ttl)
      : null;
  // What an end may have sent was made on the way only if its TTL says so.
  if (hops === null && possible.length > 1) return null;
  const isOnTheWay = place !== null && place >= 0 && place <= FARTHEST && (hops === null || place < hops);
  return isOnTheWay ? place : null;
}
