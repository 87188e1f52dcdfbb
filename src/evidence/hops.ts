import type { Side, SideState } from '../flow/connection.js';
import type { Pairing, Path } from '../pair/path.js';

const SIDES: readonly Side[] = [0, 1];
/** TTLs with which stacks send: Linux, BSD and macOS 64, Windows 128, routers and Solaris 255. */
const INITIAL_TTLS: readonly number[] = [64, 128, 255];

/** Whether a packet with this TTL was sent by a neighbour, or where it was captured: no router had it in its hands. */
export function isUnrouted(ttl: number): boolean {
  return INITIAL_TTLS.includes(ttl);
}

/** Routers that a packet passed before it was seen, by the nearest TTL that a stack sends with. */
export function hopsTo(ttl: number): number {
  return (INITIAL_TTLS.find((initial) => initial >= ttl) as number) - ttl;
}

/**
 * Routers between the two captures of a connection that is forwarded, by what they take off the TTL (RFC 791, 3.2);
 * null where the captures do not show it, or do not agree about it.
 */
export function hopsBetween({ client, server, mode }: Path): number | null {
  if (mode === 'proxy') return null;
  const known = SIDES.flatMap((side) => {
    const [here, there] = [steadyTtl(client?.sides?.[side]), steadyTtl(server?.sides?.[side])];
    if (here === null || there === null) return [];
    return [side === 0 ? here - there : there - here];
  });
  const [hops] = known;
  return hops === undefined || hops < 0 || known.some((other) => other !== hops) ? null : hops;
}

/** Routers between the server's vantage and the nearest client whose packets the box in between forwards; null where none shows. */
export function nearestForwarded({ server, pairs }: Pairing): number | null {
  if (server === null) return null;
  const { connections, details } = server.log;
  let nearest: number | null = null;
  for (const pair of pairs) {
    const { detail } = connections.at(pair.server);
    if (pair.proxied || detail < 0) continue;
    const { ttlHighest, ttlSamples } = details.at(detail);
    if (ttlSamples > 0) nearest = Math.min(nearest ?? Number.POSITIVE_INFINITY, hopsTo(ttlHighest));
  }
  return nearest;
}

function steadyTtl(side: SideState | undefined): number | null {
  return side === undefined || side.ttlSamples === 0 || side.ttlLowest !== side.ttlHighest ? null : side.ttl;
}
