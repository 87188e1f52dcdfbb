import { readUint16 } from '../bytes.js';
import { decodeInner, type Protocol, protocolOfLinkType } from '../registry.js';
import { lacks, refuse, type Segment, STOP_MALFORMED, STOP_OTHER_PROTOCOL } from '../segment.js';
import { TUNNEL_TZSP } from '../tunnel-kind.js';

// TaZmen Sniffer Protocol: version, type, encapsulation, then tagged fields. MikroTik's packet sniffer sends it.
const HEADER_LENGTH = 4;
const VERSION = 1;
const RECEIVED = 0;
const SENT = 1;
const TAG_PADDING = 0;
const TAG_END = 1;
const MOST_TAGS = 64;
/** Link types by their number in TZSP. */
const LINK_TYPES: Readonly<Record<number, number>> = { 1: 1, 18: 105, 119: 119, 127: 163 };

export const tzsp: Protocol = {
  name: 'TZSP',
  udpPorts: [37_008],
  tunnel: TUNNEL_TZSP,
  decode(segment, at) {
    if (lacks(segment, at, HEADER_LENGTH)) return false;
    const { bytes } = segment;
    const isPacket = bytes[at] === VERSION && (bytes[at + 1] === RECEIVED || bytes[at + 1] === SENT);
    const linkType = LINK_TYPES[readUint16(bytes, at + 2)];
    if (!isPacket || linkType === undefined) return refuse(segment, STOP_OTHER_PROTOCOL);
    const inner = passTags(segment, at + HEADER_LENGTH);
    return inner < 0 ? false : decodeInner(segment, inner, protocolOfLinkType(linkType));
  },
};

function passTags(segment: Segment, first: number): number {
  let at = first;
  for (let count = 0; count < MOST_TAGS; count += 1) {
    if (lacks(segment, at, 1)) return -1;
    const tag = segment.bytes[at];
    if (tag === TAG_END) return at + 1;
    if (tag !== TAG_PADDING && lacks(segment, at, 2)) return -1;
    at += tag === TAG_PADDING ? 1 : 2 + segment.bytes[at + 1];
  }
  refuse(segment, STOP_MALFORMED);
  return -1;
}
