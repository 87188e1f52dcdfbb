import { decodeTyped } from '../link/ether-type.js';
import type { Protocol } from '../registry.js';

/** Cisco's tag between a virtual interface and its switch: direction, virtual interfaces. */
export const vnTag: Protocol = {
  name: 'VN-Tag',
  etherTypes: [0x8926],
  decode: (segment, at) => decodeTyped(segment, at + 4),
};

/** What IEEE 802.1BR made of it: priority, E-channel identifiers. */
export const eTag: Protocol = {
  name: 'E-Tag',
  etherTypes: [0x893f],
  decode: (segment, at) => decodeTyped(segment, at + 6),
};
