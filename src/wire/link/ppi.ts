import { readUint16Little, readUint32Little } from '../bytes.js';
import { decodeInner, type Protocol, protocolOfLinkType } from '../registry.js';
import { lacks, refuse, STOP_MALFORMED } from '../segment.js';

// Version, flags, length of the header, link type of what follows.
const HEADER_LENGTH = 8;
const LENGTH_AT = 2;
const LINK_TYPE_AT = 4;

/** Any link type behind per-packet information: https://www.tcpdump.org/linktypes/LINKTYPE_PPI.html */
export const ppi: Protocol = {
  name: 'PPI',
  linkTypes: [192],
  decode(segment, at) {
    if (lacks(segment, at, HEADER_LENGTH)) return false;
    const length = readUint16Little(segment.bytes, at + LENGTH_AT);
    if (length < HEADER_LENGTH) return refuse(segment, STOP_MALFORMED);
    const linkType = readUint32Little(segment.bytes, at + LINK_TYPE_AT);
    return decodeInner(segment, at + length, protocolOfLinkType(linkType));
  },
};
