import type { Connection } from '../flow/connection.js';
import type { End, Path } from '../pair/path.js';
import type { FrameRef } from '../result.js';

/** What to paste into Wireshark: the connection, and the cited frames should they stand outside of it. */
export function displayFilters(
  path: Path,
  cited: readonly FrameRef[],
): { client: string | null; server: string | null } {
  return { client: filterFor('client', path, cited), server: filterFor('server', path, cited) };
}

function filterFor(end: End, path: Path, cited: readonly FrameRef[]): string | null {
  const connection = path[end];
  if (connection === null) return null;
  const frames = [...new Set(cited.filter(({ vantage }) => vantage === end).map(({ frame }) => frame))].sort(
    (a, b) => a - b,
  );
  const own = connectionFilter(connection);
  return frames.length === 0 ? own : `${own} || frame.number in {${frames.join(', ')}}`;
}

function connectionFilter({ endpoints: [a, b], family }: Connection): string {
  const field = family === 6 ? 'ipv6.addr' : 'ip.addr';
  return `(${field} == ${a.ip} && ${field} == ${b.ip} && tcp.port == ${a.port} && tcp.port == ${b.port})`;
}
