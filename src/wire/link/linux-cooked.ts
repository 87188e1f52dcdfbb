import {
  DIRECTION_INBOUND,
  DIRECTION_OUTBOUND,
  DIRECTION_UNKNOWN,
  type Direction,
} from '../../capture/frame.js';
import { type Segment, STOP_TRUNCATED } from '../segment.js';
import { decodeEtherType } from './ether-type.js';
import type { LinkLayer } from './link-layer.js';

/**
 * Linux cooked captures, what `tcpdump -i any` writes. Their packet type says whether the capturing host received
 * or sent the frame: https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL.html and `..._SLL2.html`.
 */
const TYPE_TO_US = 0;
const TYPE_FROM_US = 4;

function directionOf(packetType: number): Direction {
  if (packetType === TYPE_TO_US) return DIRECTION_INBOUND;
  return packetType === TYPE_FROM_US ? DIRECTION_OUTBOUND : DIRECTION_UNKNOWN;
}

function decode(
  segment: Segment,
  at: number,
  headerLength: number,
  typeAt: number,
  protocolAt: number,
): boolean {
  if (at + headerLength > segment.end) {
    segment.stop = STOP_TRUNCATED;
    return false;
  }
  const { bytes } = segment;
  segment.direction = directionOf(bytes[at + typeAt]);
  const protocol = (bytes[at + protocolAt] << 8) | bytes[at + protocolAt + 1];
  return decodeEtherType(segment, at + headerLength, protocol);
}

export const linuxCooked: LinkLayer = {
  linkType: 113,
  name: 'LINUX_SLL',
  decode: (segment, at) => decode(segment, at, 16, 1, 14),
};

export const linuxCooked2: LinkLayer = {
  linkType: 276,
  name: 'LINUX_SLL2',
  decode: (segment, at) => decode(segment, at, 20, 10, 0),
};
