import {
  DIRECTION_INBOUND,
  DIRECTION_OUTBOUND,
  DIRECTION_UNKNOWN,
  type Direction,
} from '../../capture/frame.js';
import { readUint16 } from '../bytes.js';
import { decodeInner, type Protocol, protocolOfEtherType } from '../registry.js';
import { lacks, type Segment } from '../segment.js';
import { decodeEtherType, LLC } from './ether-type.js';

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
  if (lacks(segment, at, headerLength)) return false;
  const { bytes } = segment;
  segment.direction = directionOf(bytes[at + typeAt]);
  const protocol = readUint16(bytes, at + protocolAt);
  if (protocol === LLC) return decodeInner(segment, at + headerLength, protocolOfEtherType(LLC));
  return decodeEtherType(segment, at + headerLength, protocol);
}

export const linuxCooked: Protocol = {
  name: 'Linux cooked',
  linkTypes: [113],
  decode: (segment, at) => decode(segment, at, 16, 1, 14),
};

export const linuxCooked2: Protocol = {
  name: 'Linux cooked 2',
  linkTypes: [276],
  decode: (segment, at) => decode(segment, at, 20, 10, 0),
};
