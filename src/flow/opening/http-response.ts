import { readDecimal } from './address-text.js';
import { type Beginning, OPENED_BODY, OPENED_HTTP } from './beginning.js';
import { Digest } from './digest.js';
import { ascii, find, isName, isWord } from './scan.js';

/**
 * A plain HTTP/1 response (RFC 9112): its status, how long its body is, and what that begins with. Proxies rewrite the
 * header lines, and leave these alone.
 */

const VERSION = ascii('HTTP/1.');
/** Version, space: the three digits of the status follow. */
const STATUS_AT = 9;
const STATUS_END = 12;
/** First digit of the status of an interim response. */
const INTERIM = 0x31;
const CR = 0x0d;
const LF = 0x0a;
const SPACE = 0x20;
const COLON = 0x3a;
const CONTENT_LENGTH = ascii('content-length');
const LONGEST_HEADER = 4096;
/** Bytes of the body that are looked at. */
const DIGESTED_BODY = 64;

const digest = new Digest();

/** Whether a response could begin at `at` that is not an interim one (RFC 9110, 15.2): another follows those. */
export function mayBeResponse(bytes: Uint8Array, at: number, end: number): boolean {
  return isWord(bytes, at, end, VERSION) && bytes[at + STATUS_AT] !== INTERIM;
}

/** Reads the response at `at`, if one is there whose header ends before `end`. */
export function readHttpResponse(bytes: Uint8Array, at: number, end: number, into: Beginning): void {
  if (!mayBeResponse(bytes, at, end) || at + STATUS_END > end) return;
  const headerEnd = Math.min(end, at + LONGEST_HEADER);
  digest.resume(0, 0).take(bytes, at + STATUS_AT, at + STATUS_END);
  let line = nextLine(bytes, at, headerEnd);
  let length = -1;
  while (line > 0 && bytes[line] !== CR) {
    const next = nextLine(bytes, line, headerEnd);
    if (next < 0) return;
    if (isLength(bytes, line, next)) length = lengthOf(bytes, line, next - 2);
    line = next;
  }
  const bodyAt = line + 2;
  if (line < 0 || bodyAt > headerEnd || bytes[line + 1] !== LF) return;
  into.kinds |= OPENED_HTTP;
  into.request0 = digest.a >>> 0;
  into.request1 = Math.max(0, length);
  const wanted = Math.min(length, DIGESTED_BODY);
  if (wanted <= 0 || bodyAt + wanted > end) return;
  digest.resume(0, 0).take(bytes, bodyAt, bodyAt + wanted);
  into.id0 = digest.a >>> 0;
  into.id1 = digest.b >>> 0;
  into.kinds |= OPENED_BODY;
}

/** Where the line after the one at `at` begins, or -1. */
function nextLine(bytes: Uint8Array, at: number, end: number): number {
  const lf = find(bytes, LF, at, end);
  return lf < 0 || lf + 1 >= end ? -1 : lf + 1;
}

function isLength(bytes: Uint8Array, at: number, end: number): boolean {
  return isName(bytes, at, find(bytes, COLON, at, end), CONTENT_LENGTH);
}

function lengthOf(bytes: Uint8Array, at: number, end: number): number {
  let from = at + CONTENT_LENGTH.length + 1;
  while (from < end && bytes[from] === SPACE) from += 1;
  return readDecimal(bytes, from, end, 0x7fff_ffff);
}
