import type { Segment } from '../segment.js';
import { decodeIp } from './ip.js';
import { IPV4, IPV6 } from './protocol-numbers.js';
import { decodeUpperLayer } from './upper-layer.js';

/** Goes on by protocol number inside of a tunnel that uses those: an IP packet there is no further tunnel. */
export function decodeEncapsulated(segment: Segment, at: number, protocol: number): boolean {
  const isIp = protocol === IPV4 || protocol === IPV6;
  return isIp ? decodeIp(segment, at) : decodeUpperLayer(segment, at, protocol);
}
