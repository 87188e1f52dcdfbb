import { readUint16 } from '../bytes.js';
import { decodeInner, protocolOfIpProtocol } from '../registry.js';
import { lacks, refuse, type Segment, STOP_MALFORMED, wireLength } from '../segment.js';
import { decodeTcp } from '../tcp.js';
import { refuseFragment } from './fragment.js';
import {
  AUTHENTICATION,
  DESTINATION_OPTIONS,
  FRAGMENT,
  HOP_BY_HOP,
  HOST_IDENTITY,
  LARGEST_PACKET,
  MOBILITY,
  ROUTING,
  SHIM6,
  TCP,
} from './protocol-numbers.js';

const SHORTEST_EXTENSION = 8;
const FRAGMENT_OFFSET_MASK = 0xfff8;
const MORE_FRAGMENTS_AT = 3;
const MORE_FRAGMENTS = 0x01;
/** More extension headers than any real packet carries; a chain of empty ones must not cost more. */
const MOST_EXTENSION_HEADERS = 16;

/**
 * Goes on behind an IP header by protocol number. Extension headers (RFC 8200, 4; RFC 7045, 4) are passed over, in
 * IPv4 too, where IPsec puts its authentication header. `fragmented` where this is the first of several fragments.
 */
export function decodeUpperLayer(
  segment: Segment,
  at: number,
  protocol: number,
  fragmented = false,
): boolean {
  const { bytes } = segment;
  let next = protocol;
  let goesOn = fragmented;
  for (let count = 0; isExtension(next); count += 1) {
    if (count === MOST_EXTENSION_HEADERS) return refuse(segment, STOP_MALFORMED);
    if (lacks(segment, at, SHORTEST_EXTENSION)) return false;
    if (next === FRAGMENT) {
      if (!isFirstFragment(segment, at))
        return refuseFragment(segment, isExtension(bytes[at]) ? TCP : bytes[at]);
      goesOn ||= (bytes[at + MORE_FRAGMENTS_AT] & MORE_FRAGMENTS) !== 0;
    }
    const size = extensionLength(next, bytes[at + 1]);
    if (size > wireLength(segment, at)) return refuse(segment, STOP_MALFORMED);
    next = bytes[at];
    at += size;
  }
  if (next === TCP) return decodeTcp(segment, at);
  if (goesOn) segment.wireEnd += LARGEST_PACKET;
  return decodeInner(segment, at, protocolOfIpProtocol(next));
}

/** True for the first fragment, and for one that is alone (RFC 6946). */
function isFirstFragment({ bytes }: Segment, at: number): boolean {
  return (readUint16(bytes, at + 2) & FRAGMENT_OFFSET_MASK) === 0;
}

function isExtension(header: number): boolean {
  return (
    header === HOP_BY_HOP ||
    header === ROUTING ||
    header === FRAGMENT ||
    header === AUTHENTICATION ||
    header === DESTINATION_OPTIONS ||
    header === MOBILITY ||
    header === HOST_IDENTITY ||
    header === SHIM6
  );
}

/** Length of an extension header in bytes (RFC 8200, 4.3 to 4.6; RFC 4302, 2.2 counts in words of 4). */
function extensionLength(header: number, lengthField: number): number {
  if (header === FRAGMENT) return SHORTEST_EXTENSION;
  return header === AUTHENTICATION ? (lengthField + 2) * 4 : (lengthField + 1) * 8;
}
