import { posix } from 'node:path';

/** A file name as a relative URI reference; standard input has a name of its own. */
export function uriOf(path: string): string {
  if (path === '-') return 'stdin';
  const parts = posix.normalize(path.replaceAll('\\', '/')).split('/');
  const encoded = parts.map((part) => encodeURIComponent(part));
  return encoded.join('/');
}
