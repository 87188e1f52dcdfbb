import { lacks, refuse, type Segment, STOP_MALFORMED } from '../segment.js';
import { decodeIpv4 } from './ipv4.js';
import { decodeIpv6 } from './ipv6.js';

/** Decodes an IP packet of either version at `at`. True when a TCP segment was found inside. */
export function decodeIp(segment: Segment, at: number): boolean {
  if (lacks(segment, at, 1)) return false;
  const version = segment.bytes[at] >>> 4;
  if (version === 4) return decodeIpv4(segment, at);
  return version === 6 ? decodeIpv6(segment, at) : refuse(segment, STOP_MALFORMED);
}
