import { decodeIp } from '../ip/ip.js';
import { decodeEthernet } from '../link/ethernet.js';
import { lacks, type Segment } from '../segment.js';
import { TUNNEL_ERSPAN } from '../tunnel-kind.js';

// draft-foschiano-erspan-03, 4: types I and II share a GRE protocol, III has its own.
export const ERSPAN = 0x88be;
export const ERSPAN_III = 0x22eb;
const TYPE_II_HEADER_LENGTH = 8;
const TYPE_III_HEADER_LENGTH = 12;
const SUBHEADER_LENGTH = 8;
const HAS_SUBHEADER = 0x01;
const FRAME_TYPE_AT = 10;
const FRAME_TYPE_MASK = 0x7c;
/** The mirrored frame is an IP packet without its link layer. */
const FRAME_TYPE_IP = 2 << 2;

/** What a switch mirrors to a far host: behind GRE, in type I without a header of its own and without sequence. */
export function decodeErspan(segment: Segment, at: number, protocol: number, sequenced: boolean): boolean {
  segment.tunnel = TUNNEL_ERSPAN;
  if (protocol === ERSPAN_III) return decodeTypeIII(segment, at);
  return decodeEthernet(segment, sequenced ? at + TYPE_II_HEADER_LENGTH : at);
}

function decodeTypeIII(segment: Segment, at: number): boolean {
  if (lacks(segment, at, TYPE_III_HEADER_LENGTH)) return false;
  const hasSubheader = (segment.bytes[at + TYPE_III_HEADER_LENGTH - 1] & HAS_SUBHEADER) !== 0;
  const inner = at + TYPE_III_HEADER_LENGTH + (hasSubheader ? SUBHEADER_LENGTH : 0);
  const isIp = (segment.bytes[at + FRAME_TYPE_AT] & FRAME_TYPE_MASK) === FRAME_TYPE_IP;
  return isIp ? decodeIp(segment, inner) : decodeEthernet(segment, inner);
}
