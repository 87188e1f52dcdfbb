import type { Connection } from '../flow/connection.js';
import type { End, Pairing, Path } from '../pair/path.js';
import type { Finding, FrameRef } from '../result.js';

type DisplayFilter = Finding['displayFilter'];
type FileFilter = NonNullable<DisplayFilter['files']>[number];

const ENDS: readonly End[] = ['client', 'server'];

/**
 * What to paste into Wireshark: the connection, and the cited frames should they stand outside of it. Frame numbers
 * hold in one file only: where a vantage consists of several, its own filter names none.
 */
export function displayFilters(path: Path, cited: readonly FrameRef[], pairing: Pairing): DisplayFilter {
  const filter = (end: End) => {
    const connection = path[end];
    if (connection === null) return null;
    return pairing[end]?.files === undefined
      ? withFrames(connection, end, cited)
      : connectionFilter(connection);
  };
  const filters: DisplayFilter = { client: filter('client'), server: filter('server') };
  const files = ENDS.flatMap((end) =>
    pairing[end]?.files === undefined ? [] : fileFilters(end, path, cited),
  );
  if (files.length > 0) filters.files = files;
  return filters;
}

/** One filter for each file with cited frames, in the order in which they are cited. */
function fileFilters(end: End, path: Path, cited: readonly FrameRef[]): FileFilter[] {
  const connection = path[end];
  if (connection === null) return [];
  const names = new Set(
    cited.flatMap(({ vantage, file }) => (vantage === end && file !== undefined ? file : [])),
  );
  return [...names].map((file) => ({
    vantage: end,
    file,
    filter: withFrames(
      connection,
      end,
      cited.filter((ref) => ref.file === file),
    ),
  }));
}

function withFrames(connection: Connection, end: End, cited: readonly FrameRef[]): string {
  const numbers = cited.filter(({ vantage }) => vantage === end).map(({ frame }) => frame);
  const frames = [...new Set(numbers)].sort((a, b) => a - b);
  const own = connectionFilter(connection);
  return frames.length === 0 ? own : `${own} || frame.number in {${frames.join(', ')}}`;
}

function connectionFilter({ endpoints: [a, b], family }: Connection): string {
  const field = family === 6 ? 'ipv6.addr' : 'ip.addr';
  const hosts = [a, b].map(({ ip }) => `${field} == ${ip}`);
  const ports = [a, b].map(({ port }) => `tcp.port == ${port}`);
  return `(${[...hosts, ...ports].join(' && ')})`;
}
