import { readUint32, readUint32Little } from '../bytes.js';
import { decodeIpv4 } from '../ip/ipv4.js';
import { decodeIpv6 } from '../ip/ipv6.js';
import type { Protocol } from '../registry.js';
import { lacks, refuse, type Segment, STOP_OTHER_PROTOCOL } from '../segment.js';

const HEADER_LENGTH = 4;
const FAMILY_INET = 2;
/** Each BSD chose its own number: NetBSD and OpenBSD, FreeBSD, macOS; Linux for files that it wrote. */
const FAMILIES_INET6 = [24, 28, 30, 10];

/**
 * BSD loopback: the protocol family as 4 bytes, in NULL in the byte order of the host that captured, whichever it was,
 * in LOOP in network order: https://www.tcpdump.org/linktypes/LINKTYPE_NULL.html
 */
export const loopback: Protocol = {
  name: 'BSD loopback',
  linkTypes: [0, 108],
  decode(segment, at) {
    if (lacks(segment, at, HEADER_LENGTH)) return false;
    const { bytes } = segment;
    // Families are small: in the wrong order they are larger than any.
    const family = Math.min(readUint32(bytes, at), readUint32Little(bytes, at));
    return decodeFamily(segment, at + HEADER_LENGTH, family);
  },
};

/** Goes on by the number of a BSD protocol family. */
export function decodeFamily(segment: Segment, at: number, family: number): boolean {
  if (family === FAMILY_INET) return decodeIpv4(segment, at);
  return FAMILIES_INET6.includes(family) ? decodeIpv6(segment, at) : refuse(segment, STOP_OTHER_PROTOCOL);
}
