import { decodeIp } from '../ip/ip.js';
import type { Protocol } from '../registry.js';

/**
 * Packets that begin with their IP header. Files should say RAW, IPV4 or IPV6; some carry the number that RAW had on
 * the system that wrote them (12 on most, 14 on OpenBSD): https://www.tcpdump.org/linktypes.html
 */
export const rawIp: Protocol = {
  name: 'raw IP',
  linkTypes: [101, 228, 229, 12, 14],
  decode: decodeIp,
};
