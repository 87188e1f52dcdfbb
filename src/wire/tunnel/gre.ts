import { readUint16 } from '../bytes.js';
import { decodeIp } from '../ip/ip.js';
import { decodeEtherType } from '../link/ether-type.js';
import type { Protocol } from '../registry.js';
import { lacks, narrow, refuse, type Segment, STOP_MALFORMED, STOP_OTHER_PROTOCOL } from '../segment.js';
import { TUNNEL_GRE } from '../tunnel-kind.js';
import { decodeErspan, ERSPAN, ERSPAN_III } from './erspan.js';

// RFC 2784, RFC 2890 and the older RFC 1701; version 1: RFC 2637, 4.1.
const HEADER_LENGTH = 4;
const WORD = 4;
const CHECKSUM = 0x8000;
const ROUTING = 0x4000;
const KEY = 0x2000;
const SEQUENCE = 0x1000;
const ACKNOWLEDGEMENT = 0x0080;
const VERSION_MASK = 0x0007;
const PPTP = 1;
const LARGEST_VERSION = 1;
/** Address family, offset and length of one source route (RFC 1701); a family of 0 ends the list. */
const ROUTE_HEADER_LENGTH = 4;
/** Web caches and their routers: draft-mclaggan-wccp-v2rev1, 4.1 */
const WCCP = 0x883e;
const WCCP_HEADER_LENGTH = 4;

/** Generic routing encapsulation, and through UDP (RFC 8086). */
export const gre: Protocol = {
  name: 'GRE',
  ipProtocols: [47],
  udpPorts: [4754],
  tunnel: TUNNEL_GRE,
  decode(segment, at) {
    if (lacks(segment, at, HEADER_LENGTH)) return false;
    const flags = readUint16(segment.bytes, at);
    const version = flags & VERSION_MASK;
    if (version > LARGEST_VERSION) return refuse(segment, STOP_MALFORMED);
    const length = headerLength(flags, version);
    if (lacks(segment, at, length)) return false;
    if (version === PPTP) narrow(segment, at, length + readUint16(segment.bytes, at + HEADER_LENGTH));
    const inner = (flags & ROUTING) === 0 ? at + length : passRoutes(segment, at + length);
    return inner < 0 ? false : decodePayload(segment, inner, readUint16(segment.bytes, at + 2), flags);
  },
};

function headerLength(flags: number, version: number): number {
  let length = HEADER_LENGTH;
  // Checksum and offset are there together, when either is used (RFC 1701).
  if ((flags & (CHECKSUM | ROUTING)) !== 0) length += WORD;
  if ((flags & KEY) !== 0) length += WORD;
  if ((flags & SEQUENCE) !== 0) length += WORD;
  if (version === PPTP && (flags & ACKNOWLEDGEMENT) !== 0) length += WORD;
  return length;
}

function passRoutes(segment: Segment, first: number): number {
  const { bytes } = segment;
  let at = first;
  for (;;) {
    if (lacks(segment, at, ROUTE_HEADER_LENGTH)) return -1;
    const isLast = readUint16(bytes, at) === 0 && bytes[at + 3] === 0;
    at += ROUTE_HEADER_LENGTH + bytes[at + 3];
    if (isLast) return at;
  }
}

function decodePayload(segment: Segment, at: number, protocol: number, flags: number): boolean {
  if (protocol === ERSPAN || protocol === ERSPAN_III)
    return decodeErspan(segment, at, protocol, (flags & SEQUENCE) !== 0);
  if (protocol === WCCP) return decodeRedirected(segment, at);
  // A GRE keepalive of Cisco's has protocol 0 and nothing inside.
  return protocol === 0 ? refuse(segment, STOP_OTHER_PROTOCOL) : decodeEtherType(segment, at, protocol);
}

/** WCCP version 2 puts a header in front, version 1 does not: IP shows in the first four bits. */
function decodeRedirected(segment: Segment, at: number): boolean {
  if (lacks(segment, at, 1)) return false;
  const isIp = segment.bytes[at] >>> 4 === 4;
  return decodeIp(segment, isIp ? at : at + WCCP_HEADER_LENGTH);
}
