import { isIP } from 'node:net';
import { InputError } from './errors.js';
import type { Path } from './pair/path.js';
import type { Endpoint } from './result.js';

const LARGEST_PORT = 65_535;

/**
 * Reads `--where`: a path passes when one of its endpoints is one of the named hosts. No names are resolved.
 * @throws InputError when an entry is not an address with an optional port
 */
export function parseWhere(entries: readonly string[]): (path: Path) => boolean {
  if (entries.length === 0) return () => true;
  const wanted = entries.map(parseEntry);
  const matches = (endpoint: Endpoint) =>
    wanted.some(({ ip, port }) => ip === endpoint.ip && (port === null || port === endpoint.port));
  return ({ client, server }) => [...(client?.endpoints ?? []), ...(server?.endpoints ?? [])].some(matches);
}

function parseEntry(entry: string): { ip: string; port: number | null } {
  const bracketed = /^\[([^\]]+)\](?::(\d+))?$/.exec(entry);
  const plain = isIP(entry) === 6 ? [entry, entry, undefined] : /^([^:]+)(?::(\d+))?$/.exec(entry);
  const [, host, portText] = bracketed ?? plain ?? [];
  const port = portText === undefined ? null : Number(portText);
  if (host === undefined || isIP(host) === 0 || (port !== null && port > LARGEST_PORT)) {
    throw new InputError(
      `--where ${entry} is not an address with an optional port, such as 10.0.0.5:443 or [2001:db8::1]:443`,
    );
  }
  return { ip: canonical(host), port };
}

/** The one spelling that captures are printed in: `URL` writes IPv6 addresses by RFC 5952. */
function canonical(host: string): string {
  return isIP(host) === 6 ? new URL(`http://[${host}]`).hostname.slice(1, -1) : host;
}
