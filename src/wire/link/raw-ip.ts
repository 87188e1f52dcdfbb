import { decodeIp } from '../ip.js';
import type { LinkLayer } from './link-layer.js';

/** Packets that begin with their IP header. */
export const rawIp: LinkLayer = { linkType: 101, name: 'RAW', decode: decodeIp };
export const rawIpv4: LinkLayer = { linkType: 228, name: 'IPV4', decode: decodeIp };
export const rawIpv6: LinkLayer = { linkType: 229, name: 'IPV6', decode: decodeIp };
