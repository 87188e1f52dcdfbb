import { readUint16 } from '../bytes.js';
import { decodeInner, type Protocol, protocolOfUdpPort } from '../registry.js';
import { lacks, narrow, type Segment } from '../segment.js';
import { UDP } from './protocol-numbers.js';

// RFC 768.
const HEADER_LENGTH = 8;

/** UDP, for the tunnels that run over it: told by the port that they are sent to, or else come from. */
export const udp: Protocol = {
  name: 'UDP',
  ipProtocols: [UDP],
  decode(segment: Segment, at: number) {
    if (lacks(segment, at, HEADER_LENGTH)) return false;
    const { bytes } = segment;
    const length = readUint16(bytes, at + 4);
    if (length >= HEADER_LENGTH) narrow(segment, at, length);
    const tunnel = protocolOfUdpPort(readUint16(bytes, at + 2)) ?? protocolOfUdpPort(readUint16(bytes, at));
    return decodeInner(segment, at + HEADER_LENGTH, tunnel);
  },
};
