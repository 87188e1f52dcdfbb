import { readUint16 } from '../bytes.js';
import { decodeIp } from '../ip/ip.js';
import type { Protocol } from '../registry.js';
import { lacks, narrow, refuse, type Segment, STOP_OTHER_PROTOCOL } from '../segment.js';
import { decodeEthernet } from './ethernet.js';

// https://www.endace.com/erf-extensible-record-format-types.pdf
const HEADER_LENGTH = 16;
const TYPE_AT = 8;
const WIRE_LENGTH_AT = 14;
const TYPE_MASK = 0x7f;
const MORE_HEADERS = 0x80;
const EXTENSION_LENGTH = 8;
const MOST_EXTENSIONS = 16;
const TYPE_ETHERNET = 2;
const TYPE_IPV4 = 22;
const TYPE_IPV6 = 23;
/** Offset and padding in front of an Ethernet frame. */
const ETHERNET_PADDING = 2;

/** Endace's record format, for records that hold Ethernet frames or IP packets. */
export const erf: Protocol = {
  name: 'ERF',
  linkTypes: [197],
  decode(segment, at) {
    if (lacks(segment, at, HEADER_LENGTH)) return false;
    const type = segment.bytes[at + TYPE_AT] & TYPE_MASK;
    const body = passExtensions(segment, at);
    if (body < 0) return refuse(segment, STOP_OTHER_PROTOCOL);
    const wire = readUint16(segment.bytes, at + WIRE_LENGTH_AT);
    if (type === TYPE_IPV4 || type === TYPE_IPV6) return decodeIp(segment, body);
    if (type !== TYPE_ETHERNET) return refuse(segment, STOP_OTHER_PROTOCOL);
    narrow(segment, body + ETHERNET_PADDING, wire);
    return decodeEthernet(segment, body + ETHERNET_PADDING);
  },
};

/** Where the record goes on behind its extension headers; -1 when they are too many or cut off. */
function passExtensions(segment: Segment, at: number): number {
  let body = at + HEADER_LENGTH;
  let more = (segment.bytes[at + TYPE_AT] & MORE_HEADERS) !== 0;
  for (let count = 0; more; count += 1) {
    if (count === MOST_EXTENSIONS || body >= segment.end) return -1;
    more = (segment.bytes[body] & MORE_HEADERS) !== 0;
    body += EXTENSION_LENGTH;
  }
  return body;
}
