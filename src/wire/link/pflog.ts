import type { Protocol } from '../registry.js';
import { lacks, refuse, STOP_MALFORMED } from '../segment.js';
import { decodeFamily } from './loopback.js';

/** Up to the rule numbers, in every version: length, family, action, reason, names of interface and rule set. */
const SHORTEST_HEADER = 36;
const FAMILY_AT = 1;
const WORD = 4;

/**
 * Packets that the packet filter pf logged: https://www.tcpdump.org/linktypes/LINKTYPE_PFLOG.html. The header's
 * direction is not kept as the frame's: pf runs on routers, where "out" says that a packet was passed on, while a
 * frame's direction means that the capturing host itself sent it.
 */
export const pflog: Protocol = {
  name: 'pflog',
  linkTypes: [117],
  decode(segment, at) {
    if (lacks(segment, at, 2)) return false;
    const { bytes } = segment;
    const length = Math.ceil(bytes[at] / WORD) * WORD;
    if (length < SHORTEST_HEADER) return refuse(segment, STOP_MALFORMED);
    return decodeFamily(segment, at + length, bytes[at + FAMILY_AT]);
  },
};
