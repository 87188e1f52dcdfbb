import { decodeIpv4 } from '../ip/ipv4.js';
import { decodeIpv6 } from '../ip/ipv6.js';
import type { Protocol } from '../registry.js';
import { lacks, refuse, type Segment, STOP_FRAGMENT, STOP_OTHER_PROTOCOL } from '../segment.js';

// RFC 1051, RFC 1201 and RFC 2497: a system code, in the later two followed by a split flag and a sequence number.
const CODE_IPV4_OLD = 240;
const CODE_IPV4 = 212;
const CODE_IPV6 = 196;
const SPLIT_HEADER_LENGTH = 4;

function decode(segment: Segment, at: number): boolean {
  if (lacks(segment, at, SPLIT_HEADER_LENGTH)) return false;
  const code = segment.bytes[at];
  if (code === CODE_IPV4_OLD) return decodeIpv4(segment, at + 1);
  if (code !== CODE_IPV4 && code !== CODE_IPV6) return refuse(segment, STOP_OTHER_PROTOCOL);
  // The flag is odd in the first of several pieces and even in later ones (RFC 1201, 2.2).
  const split = segment.bytes[at + 1];
  if (split !== 0 && (split & 1) === 0) return refuse(segment, STOP_FRAGMENT);
  const inner = at + SPLIT_HEADER_LENGTH;
  return code === CODE_IPV4 ? decodeIpv4(segment, inner) : decodeIpv6(segment, inner);
}

/** ARCnet as BSD writes it: source and destination, one byte each, in front. */
export const arcnet: Protocol = {
  name: 'ARCnet',
  linkTypes: [7],
  decode: (segment, at) => decode(segment, at + 2),
};

/** ARCnet as Linux writes it: addresses and the two bytes of an offset in front. */
export const arcnetLinux: Protocol = {
  name: 'ARCnet by Linux',
  linkTypes: [129],
  decode: (segment, at) => decode(segment, at + 4),
};
