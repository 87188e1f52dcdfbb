import { readUint16 } from '../../wire/bytes.js';
import { readAddress, readDecimal } from './address-text.js';
import {
  type Beginning,
  NamedAddress,
  OPENED_ANNOUNCED,
  OPENED_LOCAL,
  OPENED_PROXY_V1,
  OPENED_PROXY_V2,
} from './beginning.js';
import { ascii, find, isWord } from './scan.js';

/**
 * The PROXY protocol, versions 1 and 2 (haproxy.org, proxy-protocol.txt): what a proxy writes in front of a stream to
 * say for whom it made the connection.
 */

const SIGNATURE_1 = ascii('PROXY ');
const SIGNATURE_2 = Uint8Array.of(0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a);
const TCP4 = ascii('TCP4');
const TCP6 = ascii('TCP6');
const UNKNOWN = ascii('UNKNOWN');
const SPACE = 0x20;
const CR = 0x0d;
const LF = 0x0a;
/** Bytes of the longest line of version 1. */
const LONGEST_LINE = 107;
const FIXED_2 = 16;
const COMMAND_LOCAL = 0x20;
const COMMAND_PROXY = 0x21;
const STREAM_V4 = 0x11;
const STREAM_V6 = 0x21;
const HIGHEST_PORT = 65_535;

/** Where the text of version 1 stands while it is read. */
const text = { source: new NamedAddress(), destination: new NamedAddress() };

/**
 * Reads the header at `at`, if one is there, and keeps what it says: of several the one that was read last counts,
 * each proxy having put its own in front.
 * @returns the byte after the header, `at` where there is none, or -1 where it is not whole or not a valid one
 */
export function readProxyHeader(bytes: Uint8Array, at: number, end: number, into: Beginning): number {
  if (isWord(bytes, at, end, SIGNATURE_1)) return readLine(bytes, at, end, into);
  if (isWord(bytes, at, end, SIGNATURE_2)) return readBinary(bytes, at, end, into);
  return at;
}

function readLine(bytes: Uint8Array, at: number, end: number, into: Beginning): number {
  const cr = find(bytes, CR, at, Math.min(end, at + LONGEST_LINE) - 1);
  if (cr < 0 || bytes[cr + 1] !== LF) return -1;
  const from = at + SIGNATURE_1.length;
  if (isWord(bytes, from, cr, UNKNOWN)) {
    into.kinds |= OPENED_PROXY_V1;
    return cr + 2;
  }
  const family = isWord(bytes, from, cr, TCP4) ? 4 : isWord(bytes, from, cr, TCP6) ? 6 : 0;
  if (family === 0 || bytes[from + TCP4.length] !== SPACE) return -1;
  const sourceAt = from + TCP4.length + 1;
  const destinationAt = afterSpace(bytes, sourceAt, cr);
  const sourcePortAt = afterSpace(bytes, destinationAt, cr);
  const destinationPortAt = afterSpace(bytes, sourcePortAt, cr);
  if (destinationPortAt < 0) return -1;
  const whole =
    readAddress(bytes, sourceAt, destinationAt - 1, text.source) &&
    readAddress(bytes, destinationAt, sourcePortAt - 1, text.destination) &&
    text.source.family === family &&
    text.destination.family === family;
  const sourcePort = readDecimal(bytes, sourcePortAt, destinationPortAt - 1, HIGHEST_PORT);
  const destinationPort = readDecimal(bytes, destinationPortAt, cr, HIGHEST_PORT);
  if (!whole || sourcePort < 0 || destinationPort < 0) return -1;
  into.source.copyFrom(text.source);
  into.destination.copyFrom(text.destination);
  into.source.port = sourcePort;
  into.destination.port = destinationPort;
  into.kinds |= OPENED_PROXY_V1 | OPENED_ANNOUNCED;
  return cr + 2;
}

/** The byte after the next space, or -1. */
function afterSpace(bytes: Uint8Array, at: number, end: number): number {
  if (at < 0) return -1;
  return find(bytes, SPACE, at, end) + 1 || -1;
}

function readBinary(bytes: Uint8Array, at: number, end: number, into: Beginning): number {
  if (at + FIXED_2 > end) return -1;
  const command = bytes[at + 12];
  const family = bytes[at + 13];
  const after = at + FIXED_2 + readUint16(bytes, at + 14);
  if (after > end || (command !== COMMAND_LOCAL && command !== COMMAND_PROXY)) return -1;
  into.kinds |= OPENED_PROXY_V2;
  if (command === COMMAND_LOCAL) {
    into.kinds |= OPENED_LOCAL;
    return after;
  }
  const width = family === STREAM_V4 ? 4 : family === STREAM_V6 ? 16 : 0;
  const from = at + FIXED_2;
  if (width === 0 || from + 2 * width + 4 > after) return after;
  take(bytes, from, width, readUint16(bytes, from + 2 * width), into.source);
  take(bytes, from + width, width, readUint16(bytes, from + 2 * width + 2), into.destination);
  into.kinds |= OPENED_ANNOUNCED;
  return after;
}

function take(bytes: Uint8Array, at: number, width: number, port: number, into: NamedAddress): void {
  for (let i = 0; i < width; i += 1) into.bytes[i] = bytes[at + i];
  into.family = width === 4 ? 4 : 6;
  into.port = port;
}
