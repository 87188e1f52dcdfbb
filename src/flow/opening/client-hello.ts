import { readUint16 } from '../../wire/bytes.js';
import { type Beginning, OPENED_HELLO } from './beginning.js';
import { Digest } from './digest.js';

/**
 * A TLS ClientHello (RFC 8446, 4.1.2, in a record of 5.1): its random and session id reach the backend unchanged
 * wherever TLS is passed through.
 */

const RECORD_HANDSHAKE = 22;
const MAJOR_VERSION = 3;
const CLIENT_HELLO = 1;
const RECORD_HEADER = 5;
/** Message type, 3 bytes of length, 2 of version. */
const RANDOM_AT = RECORD_HEADER + 6;
const RANDOM_LENGTH = 32;
const LONGEST_SESSION_ID = 32;
/** The shortest that a message of this type can be: version, random, an empty session id, one cipher suite, none. */
const SHORTEST = 41;

const digest = new Digest();

/** Reads the ClientHello at `at`, if one is there as far as its session id. */
export function readClientHello(bytes: Uint8Array, at: number, end: number, into: Beginning): void {
  const idAt = at + RANDOM_AT + RANDOM_LENGTH;
  if (idAt + 1 > end) return;
  if (bytes[at] !== RECORD_HANDSHAKE || bytes[at + 1] !== MAJOR_VERSION) return;
  if (bytes[at + RECORD_HEADER] !== CLIENT_HELLO || readUint16(bytes, at + 3) < SHORTEST) return;
  const idLength = bytes[idAt];
  if (idLength > LONGEST_SESSION_ID || idAt + 1 + idLength > end) return;
  digest.resume(0, 0).take(bytes, at + RANDOM_AT, idAt + 1 + idLength);
  into.hello0 = digest.a >>> 0;
  into.hello1 = digest.b >>> 0;
  into.kinds |= OPENED_HELLO;
}
