import { decodeIpv4 } from '../ip/ipv4.js';
import { decodeIpv6 } from '../ip/ipv6.js';
import type { Protocol } from '../registry.js';
import { TUNNEL_IP_IN_IP } from '../tunnel-kind.js';

/** IPv4 inside of IPv4 (RFC 2003) or IPv6 (RFC 2473): what Linux Virtual Server and Katran hand to backends. */
export const ipv4InIp: Protocol = {
  name: 'IPv4 in IP',
  ipProtocols: [4, 94],
  tunnel: TUNNEL_IP_IN_IP,
  decode: decodeIpv4,
};

/** IPv6 inside of IPv4 (RFC 4213, 6in4) or IPv6 (RFC 2473). */
export const ipv6InIp: Protocol = {
  name: 'IPv6 in IP',
  ipProtocols: [41],
  tunnel: TUNNEL_IP_IN_IP,
  decode: decodeIpv6,
};
