import { readUint16 } from '../bytes.js';
import { decodeEtherType } from '../link/ether-type.js';
import type { Protocol } from '../registry.js';
import { lacks, refuse, type Segment, STOP_OTHER_PROTOCOL } from '../segment.js';
import { TUNNEL_GENEVE } from '../tunnel-kind.js';

// RFC 8926, 3.4 and 3.5.
const HEADER_LENGTH = 8;
const VERSION_MASK = 0xc0;
const WORDS_MASK = 0x3f;
const WORD = 4;
const OPTION_HEADER_LENGTH = 4;
const OPTION_WORDS_MASK = 0x1f;
/**
 * AWS Gateway Load Balancer:
 * https://aws.amazon.com/blogs/networking-and-content-delivery/integrate-your-custom-logic-or-appliance-with-aws-gateway-load-balancer/
 */
const CLASS_AWS = 0x0108;
const TYPE_FLOW_COOKIE = 3;

/** Geneve, with the flow cookie by which a Gateway Load Balancer knows both directions of a connection. */
export const geneve: Protocol = {
  name: 'Geneve',
  udpPorts: [6081],
  tunnel: TUNNEL_GENEVE,
  decode(segment, at) {
    if (lacks(segment, at, HEADER_LENGTH)) return false;
    const first = segment.bytes[at];
    if ((first & VERSION_MASK) !== 0) return refuse(segment, STOP_OTHER_PROTOCOL);
    const inner = at + HEADER_LENGTH + (first & WORDS_MASK) * WORD;
    if (lacks(segment, at, inner - at)) return false;
    segment.flowCookieAt = findFlowCookie(segment, at + HEADER_LENGTH, inner);
    return decodeEtherType(segment, inner, readUint16(segment.bytes, at + 2));
  },
};

function findFlowCookie(segment: Segment, first: number, end: number): number {
  const { bytes } = segment;
  for (let at = first; at + OPTION_HEADER_LENGTH < end; ) {
    const length = (bytes[at + 3] & OPTION_WORDS_MASK) * WORD;
    const value = at + OPTION_HEADER_LENGTH;
    const isCookie = readUint16(bytes, at) === CLASS_AWS && bytes[at + 2] === TYPE_FLOW_COOKIE;
    if (isCookie && length === WORD && value + WORD <= end) return value;
    at = value + length;
  }
  return -1;
}
