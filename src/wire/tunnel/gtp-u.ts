import { readUint16 } from '../bytes.js';
import { decodeIp } from '../ip/ip.js';
import type { Protocol } from '../registry.js';
import { lacks, narrow, refuse, type Segment, STOP_MALFORMED, STOP_OTHER_PROTOCOL } from '../segment.js';
import { TUNNEL_GTP_U } from '../tunnel-kind.js';

// 3GPP TS 29.281, 5.1 and 5.2.
const HEADER_LENGTH = 8;
const VERSION_AND_TYPE_MASK = 0xf0;
/** Version 1, GTP and not GTP'. */
const VERSION_1 = 0x30;
const OPTIONAL_FIELDS = 0x07;
const OPTIONAL_LENGTH = 4;
const EXTENSION = 0x04;
const USER_DATA = 255;
const WORD = 4;
const MOST_EXTENSIONS = 8;

/** The user plane of mobile networks. */
export const gtpU: Protocol = {
  name: 'GTP-U',
  udpPorts: [2152],
  tunnel: TUNNEL_GTP_U,
  decode(segment, at) {
    if (lacks(segment, at, HEADER_LENGTH)) return false;
    const { bytes } = segment;
    const flags = bytes[at];
    const isData = (flags & VERSION_AND_TYPE_MASK) === VERSION_1 && bytes[at + 1] === USER_DATA;
    if (!isData) return refuse(segment, STOP_OTHER_PROTOCOL);
    narrow(segment, at, HEADER_LENGTH + readUint16(bytes, at + 2));
    const inner = at + HEADER_LENGTH;
    if ((flags & OPTIONAL_FIELDS) === 0) return decodeIp(segment, inner);
    const packet = passOptional(segment, inner, (flags & EXTENSION) !== 0);
    return packet < 0 ? false : decodeIp(segment, packet);
  },
};

/** Passes the optional fields and the chain of extension headers; -1, with the reason noted, where that fails. */
function passOptional(segment: Segment, fields: number, extended: boolean): number {
  if (lacks(segment, fields, OPTIONAL_LENGTH)) return -1;
  const { bytes } = segment;
  let at = fields + OPTIONAL_LENGTH;
  for (let count = 0; extended && bytes[at - 1] !== 0; count += 1) {
    if (lacks(segment, at, WORD)) return -1;
    const length = bytes[at] * WORD;
    if (length === 0 || count === MOST_EXTENSIONS) refuse(segment, STOP_MALFORMED);
    if (length === 0 || count === MOST_EXTENSIONS || lacks(segment, at, length)) return -1;
    at += length;
  }
  return at;
}
