import type { NamedAddress } from './beginning.js';
import { find } from './scan.js';

const ZERO = 0x30;
const NINE = 0x39;
const DOT = 0x2e;
const COLON = 0x3a;
const BRACKET_OPEN = 0x5b;
const BRACKET_CLOSE = 0x5d;
const LOWER = 0x20;
const LOWER_A = 0x61;
const LOWER_F = 0x66;
const GROUPS = 8;
const HIGHEST_PORT = 65_535;

/**
 * Reads an address as headers have it: `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`, `[2001:db8::1]:80`.
 * @returns whether all of the text is one; otherwise `into` is left without a family
 */
export function readAddress(bytes: Uint8Array, at: number, end: number, into: NamedAddress): boolean {
  into.clear();
  if (at >= end) return false;
  if (bytes[at] === BRACKET_OPEN) {
    const close = find(bytes, BRACKET_CLOSE, at, end);
    if (close < 0) return false;
    if (close + 1 < end && !readPortAfterColon(bytes, close + 1, end, into)) return false;
    return readV6(bytes, at + 1, close, into);
  }
  const colon = find(bytes, COLON, at, end);
  if (colon < 0) return readV4(bytes, at, end, into);
  if (find(bytes, COLON, colon + 1, end) >= 0) return readV6(bytes, at, end, into);
  return readPortAfterColon(bytes, colon, end, into) && readV4(bytes, at, colon, into);
}

function readPortAfterColon(bytes: Uint8Array, at: number, end: number, into: NamedAddress): boolean {
  const port = bytes[at] === COLON ? readDecimal(bytes, at + 1, end, HIGHEST_PORT) : -1;
  into.port = Math.max(0, port);
  return port >= 0;
}

/** The decimal number that the text is, or -1. */
export function readDecimal(bytes: Uint8Array, at: number, end: number, highest: number): number {
  if (at >= end) return -1;
  let value = 0;
  for (let i = at; i < end; i += 1) {
    const byte = bytes[i];
    if (byte < ZERO || byte > NINE) return -1;
    value = 10 * value + byte - ZERO;
    if (value > highest) return -1;
  }
  return value;
}

function readV4(bytes: Uint8Array, at: number, end: number, into: NamedAddress): boolean {
  let from = at;
  for (let part = 0; part < 4; part += 1) {
    const dot = part === 3 ? end : find(bytes, DOT, from, end);
    if (dot < 0) return false;
    const value = readDecimal(bytes, from, dot, 255);
    if (value < 0) return false;
    into.bytes[part] = value;
    from = dot + 1;
  }
  into.family = 4;
  return true;
}

/** Groups of hexadecimal digits with at most one `::` (RFC 4291, 2.2), without the dotted form, which maps to IPv4. */
function readV6(bytes: Uint8Array, at: number, end: number, into: NamedAddress): boolean {
  into.bytes.fill(0);
  let group = 0;
  let gapAt = -1;
  let from = at;
  if (bytes[at] === COLON && bytes[at + 1] === COLON) {
    gapAt = 0;
    from = at + 2;
  }
  while (from < end) {
    if (group >= GROUPS) return false;
    let value = 0;
    let digits = 0;
    for (; from < end && bytes[from] !== COLON; from += 1, digits += 1) {
      const digit = hexDigit(bytes[from]);
      if (digit < 0 || digits === 4) return false;
      value = 16 * value + digit;
    }
    if (digits === 0) return false;
    into.bytes[2 * group] = value >>> 8;
    into.bytes[2 * group + 1] = value & 0xff;
    group += 1;
    if (from >= end) break;
    from += 1;
    if (from === end) return false;
    if (bytes[from] === COLON) {
      if (gapAt >= 0) return false;
      gapAt = group;
      from += 1;
    }
  }
  if (gapAt < 0 ? group !== GROUPS : group >= GROUPS) return false;
  if (gapAt >= 0) {
    const moved = 2 * (group - gapAt);
    into.bytes.copyWithin(2 * GROUPS - moved, 2 * gapAt, 2 * gapAt + moved);
    into.bytes.fill(0, 2 * gapAt, 2 * GROUPS - moved);
  }
  into.family = 6;
  return true;
}

function hexDigit(byte: number): number {
  if (byte >= ZERO && byte <= NINE) return byte - ZERO;
  const lower = byte | LOWER;
  return lower >= LOWER_A && lower <= LOWER_F ? lower - LOWER_A + 10 : -1;
}
