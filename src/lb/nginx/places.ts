import { InputError } from '../../errors.js';
import { sameAddress } from '../addresses.js';
import type { Directive } from './parse.js';

const LARGEST_PORT = 65_535;
const DEFAULT_PORT = 80;

/** Where something listens or is reached; a null host is any. */
export interface Place {
  readonly host: string | null;
  readonly port: number;
}

/**
 * The places of the `listen` lines of a server; one without any listens on port 80.
 * @throws InputError unless each has a port from 1 to 65535
 */
export function listens(file: string, server: readonly Directive[]): Place[] {
  const lines = server.filter(({ name }) => name === 'listen');
  if (lines.length === 0) return [{ host: null, port: DEFAULT_PORT }];
  return lines.flatMap(({ args: [text = ''], line }) => {
    if (text.startsWith('unix:')) return [];
    const place = placeOf(text);
    if (place !== null) return [place];
    throw new InputError(
      `${file}:${line}: listen: expected an address or a port from 1 to ${LARGEST_PORT}, got ${text || 'nothing'}`,
    );
  });
}

/** `443`, `10.0.0.5:443`, `[::]:443`, `backend.example`; null where a port is none. */
export function placeOf(text: string, otherwise = DEFAULT_PORT): Place | null {
  const match = /^(?:(\[[^\]]*\]|[^:[\]]*):)?(\d+)$/.exec(text) ?? /^(\[[^\]]*\]|[^:[\]]+)()$/.exec(text);
  if (match === null) return null;
  const port = match[2] === '' ? otherwise : Number(match[2]);
  if (port < 1 || port > LARGEST_PORT) return null;
  const host = (match[1] ?? '').replace(/^\[|\]$/g, '');
  return { host: ['', '*', '0.0.0.0', '::'].includes(host) ? null : host, port };
}

/** Whether an end that was seen is this place; names that would have to be resolved count as a match. */
export function isAt({ host, port }: Place, end: { readonly ip: string; readonly port: number }): boolean {
  if (end.port !== port) return false;
  return host === null || !/^[\d.]+$|:/.test(host) || sameAddress(host, end.ip);
}
