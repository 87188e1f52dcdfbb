import { readAddress } from './address-text.js';
import { type Beginning, OPENED_HTTP, OPENED_REQUEST_ID } from './beginning.js';
import { Digest } from './digest.js';
import { ascii, find, isName, isWord } from './scan.js';

/**
 * A plain HTTP/1 request (RFC 9112): what a proxy on its way says of whom it came from, and identifiers that stay the
 * same on the whole way.
 */

/** Header bytes beyond this are left alone. */
const LONGEST_HEADER = 4096;

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE'].map((word) =>
  ascii(`${word} `),
);
const VERSION = ascii('HTTP/1.');
const CR = 0x0d;
const LF = 0x0a;
const SPACE = 0x20;
const TAB = 0x09;
const COLON = 0x3a;
const COMMA = 0x2c;
const SEMICOLON = 0x3b;
const EQUALS = 0x3d;
const QUOTE = 0x22;

/** What proxies and tracers call an identifier of a request. */
const IDENTIFIERS = [
  'x-request-id',
  'x-correlation-id',
  'traceparent',
  'x-amzn-trace-id',
  'x-cloud-trace-context',
  'x-b3-traceid',
].map(ascii);
const FORWARDED_FOR = ascii('x-forwarded-for');
const FORWARDED = ascii('forwarded');
const FOR = ascii('for');

const digest = new Digest();

/** Whether a request could begin at `at`: for asking on every segment of a connection that speaks HTTP, so it allocates nothing. */
export function mayBeRequest(bytes: Uint8Array, at: number, end: number): boolean {
  for (let i = 0; i < METHODS.length; i += 1) if (isWord(bytes, at, end, METHODS[i])) return true;
  return false;
}

/**
 * Reads the request at `at`, if one is there: its method and target, and of its header lines those before `end`.
 * Where a line repeats, the last one counts, and in a list its last member: that is what the nearest proxy added.
 */
export function readHttpRequest(bytes: Uint8Array, at: number, wholeEnd: number, into: Beginning): void {
  const end = Math.min(wholeEnd, at + LONGEST_HEADER);
  if (!mayBeRequest(bytes, at, end)) return;
  const lineEnd = endOfLine(bytes, at, end);
  if (lineEnd < 0) return;
  const versionAt = lastSpace(bytes, at, lineEnd) + 1;
  if (!isWord(bytes, versionAt, lineEnd, VERSION)) return;
  into.kinds |= OPENED_HTTP;
  digest.resume(0, 0).take(bytes, at, versionAt);
  into.request0 = digest.a >>> 0;
  into.request1 = digest.b >>> 0;
  digest.resume(0, 0);
  for (let line = lineEnd + 2; line < end; ) {
    const next = endOfLine(bytes, line, end);
    if (next <= line) break;
    readLine(bytes, line, next, into);
    line = next + 2;
  }
  into.id0 = digest.a >>> 0;
  into.id1 = digest.b >>> 0;
}

function readLine(bytes: Uint8Array, at: number, end: number, into: Beginning): void {
  const colon = find(bytes, COLON, at, end);
  if (colon < 0) return;
  let from = colon + 1;
  let to = end;
  while (from < to && isBlank(bytes[from])) from += 1;
  while (to > from && isBlank(bytes[to - 1])) to -= 1;
  if (isName(bytes, at, colon, FORWARDED_FOR))
    readAddress(bytes, lastMember(bytes, from, to), to, into.forwarded);
  else if (isName(bytes, at, colon, FORWARDED)) readForwarded(bytes, lastMember(bytes, from, to), to, into);
  else if (IDENTIFIERS.some((name) => isName(bytes, at, colon, name))) {
    digest.take(bytes, from, to);
    into.kinds |= OPENED_REQUEST_ID;
  }
}

/** The `for` parameter of one member of `Forwarded` (RFC 7239, 4 and 6). */
function readForwarded(bytes: Uint8Array, at: number, end: number, into: Beginning): void {
  for (let from = at; from < end; ) {
    const semicolon = find(bytes, SEMICOLON, from, end);
    const to = semicolon < 0 ? end : semicolon;
    while (from < to && isBlank(bytes[from])) from += 1;
    const equals = find(bytes, EQUALS, from, to);
    if (equals >= 0 && isName(bytes, from, equals, FOR)) {
      const quoted = bytes[equals + 1] === QUOTE && bytes[to - 1] === QUOTE && to - equals > 2;
      readAddress(bytes, equals + (quoted ? 2 : 1), quoted ? to - 1 : to, into.forwarded);
      return;
    }
    from = to + 1;
  }
}

/** Where the last member of a list begins. */
function lastMember(bytes: Uint8Array, at: number, end: number): number {
  let from = at;
  for (let i = at; i < end; i += 1) if (bytes[i] === COMMA) from = i + 1;
  while (from < end && isBlank(bytes[from])) from += 1;
  return from;
}

function endOfLine(bytes: Uint8Array, at: number, end: number): number {
  const cr = find(bytes, CR, at, end - 1);
  return cr >= 0 && bytes[cr + 1] === LF ? cr : -1;
}

function lastSpace(bytes: Uint8Array, at: number, end: number): number {
  let i = end - 1;
  while (i >= at && bytes[i] !== SPACE) i -= 1;
  return i;
}

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB;
}
