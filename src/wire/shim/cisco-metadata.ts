import { decodeTyped } from '../link/ether-type.js';
import type { Protocol } from '../registry.js';
import { lacks, refuse, STOP_OTHER_PROTOCOL } from '../segment.js';

/** Version, length, option, security group: the form that switches write. */
const HEADER_LENGTH = 6;
const VERSION = 1;
/** In words of 4 bytes, as that form has it. */
const LENGTH = 1;

/** Cisco's security group tag (TrustSec), between the addresses and the EtherType. */
export const ciscoMetadata: Protocol = {
  name: 'Cisco MetaData',
  etherTypes: [0x8909],
  decode(segment, at) {
    if (lacks(segment, at, HEADER_LENGTH)) return false;
    const known = segment.bytes[at] === VERSION && segment.bytes[at + 1] === LENGTH;
    return known ? decodeTyped(segment, at + HEADER_LENGTH) : refuse(segment, STOP_OTHER_PROTOCOL);
  },
};
