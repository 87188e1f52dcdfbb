import type { Connection, SeenSegment, Side } from '../flow/connection.js';
import type { ConnectionReader } from '../flow/connection-reader.js';
import type { Endpoint } from '../result.js';
import type { Pairs } from './pairs.js';

/**
 * Segments that reached the client without their translation: the balancer had forgotten the connection, so what the
 * backend sent went out under the backend's own address. At the client's vantage they look like a connection of their
 * own that began in the middle, between the two ends that the server's vantage knows.
 * @returns row of the stray at the client's vantage, by row of the connection at the server's
 */
export function findStrays(
  pairs: Pairs,
  client: ConnectionReader,
  server: ConnectionReader,
): Map<number, number> {
  const midStream: number[] = [];
  for (const row of pairs.unpaired('client')) if (client.isMidStream(row)) midStream.push(row);
  const strays = new Map<number, number>();
  if (midStream.length === 0) return strays;
  const byEnds = new Map<string, number>();
  for (const pair of pairs) byEnds.set(endsKey(server, pair.server), pair.server);
  for (const row of midStream) {
    const owner = byEnds.get(endsKey(client, row));
    if (owner !== undefined) strays.set(owner, row);
  }
  return strays;
}

/** Both endpoints, whoever of them opened the connection. */
function endsKey(reader: ConnectionReader, row: number): string {
  return ([0, 1] as const)
    .map((side) => text(reader.endpoint(row, side)))
    .sort()
    .join(' ');
}

function text({ ip, port }: Endpoint): string {
  return `${ip} ${port}`;
}

/** A stray with its sides as the server's vantage has them, each segment under the addresses it really had. */
export function alignStray(stray: Connection, server: Connection): Connection {
  const flipped = text(stray.endpoints[0]) !== text(server.endpoints[0]);
  const turn = (side: Side): Side => (flipped ? ((1 - side) as Side) : side);
  const tuple = [stray.endpoints[turn(0)], stray.endpoints[turn(1)]] as const;
  const segments: SeenSegment[] = stray.segments.map((segment) => ({
    ...segment,
    from: turn(segment.from),
    tuple,
  }));
  return { ...stray, endpoints: tuple, segments };
}
