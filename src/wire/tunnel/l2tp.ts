import { readUint16, readUint32 } from '../bytes.js';
import { decodeEthernet } from '../link/ethernet.js';
import { decodePpp } from '../link/ppp.js';
import type { Protocol } from '../registry.js';
import { lacks, narrow, refuse, type Segment, STOP_OTHER_PROTOCOL } from '../segment.js';
import { TUNNEL_L2TP } from '../tunnel-kind.js';

// Version 2: RFC 2661, 3.1.
const IS_CONTROL = 0x8000;
const HAS_LENGTH = 0x4000;
const HAS_SEQUENCE = 0x0800;
const HAS_OFFSET = 0x0200;
const VERSION_MASK = 0x000f;
const FLAGS_LENGTH = 2;
const LENGTH_LENGTH = 2;
const SESSION_LENGTH = 4;
const SEQUENCE_LENGTH = 4;
const OFFSET_LENGTH = 2;

/** L2TP through UDP: PPP in version 2, pseudowires in version 3. */
export const l2tp: Protocol = {
  name: 'L2TP',
  udpPorts: [1701],
  tunnel: TUNNEL_L2TP,
  decode(segment, at) {
    if (lacks(segment, at, FLAGS_LENGTH)) return false;
    const flags = readUint16(segment.bytes, at);
    const version = flags & VERSION_MASK;
    if ((flags & IS_CONTROL) !== 0) return refuse(segment, STOP_OTHER_PROTOCOL);
    if (version === 2) return decodeVersion2(segment, at, flags);
    return version === 3 ? decodePseudowire(segment, at + 4) : refuse(segment, STOP_OTHER_PROTOCOL);
  },
};

function decodeVersion2(segment: Segment, at: number, flags: number): boolean {
  let length = FLAGS_LENGTH + SESSION_LENGTH;
  if ((flags & HAS_LENGTH) !== 0) length += LENGTH_LENGTH;
  if ((flags & HAS_SEQUENCE) !== 0) length += SEQUENCE_LENGTH;
  if ((flags & HAS_OFFSET) !== 0) length += OFFSET_LENGTH;
  if (lacks(segment, at, length)) return false;
  if ((flags & HAS_LENGTH) !== 0) narrow(segment, at, readUint16(segment.bytes, at + FLAGS_LENGTH));
  const inner = at + length;
  const padding = (flags & HAS_OFFSET) !== 0 ? readUint16(segment.bytes, inner - OFFSET_LENGTH) : 0;
  return decodePpp(segment, inner + padding);
}

// Version 3: RFC 3931, 4.1; its sublayer: RFC 4719, 4.2.
const SESSION_ID_LENGTH = 4;
const ETHERNET_TYPE_AT = 12;
const ETHERNET_HEADER_LENGTH = 14;
/** Cookies have 0, 4 or 8 bytes, the sublayer 0 or 4: what it is was negotiated where the capture did not see it. */
const OFFSETS = [0, 4, 8, 12];
const KNOWN_STARTS: readonly (readonly [etherType: number, first: number])[] = [
  [0x0800, 0x40],
  [0x86dd, 0x60],
];

/** L2TP version 3 on IP: only Ethernet pseudowires, and only where IP shows behind their header. */
export const l2tpv3: Protocol = {
  name: 'L2TPv3',
  ipProtocols: [115],
  tunnel: TUNNEL_L2TP,
  decode: decodePseudowire,
};

function decodePseudowire(segment: Segment, at: number): boolean {
  if (lacks(segment, at, SESSION_ID_LENGTH)) return false;
  // Session 0 is the control channel.
  if (readUint32(segment.bytes, at) === 0) return refuse(segment, STOP_OTHER_PROTOCOL);
  const frame = OFFSETS.map((offset) => at + SESSION_ID_LENGTH + offset).find((start) =>
    startsIp(segment, start),
  );
  return frame === undefined ? refuse(segment, STOP_OTHER_PROTOCOL) : decodeEthernet(segment, frame);
}

function startsIp(segment: Segment, frame: number): boolean {
  const { bytes } = segment;
  if (frame + ETHERNET_HEADER_LENGTH >= segment.end) return false;
  const type = readUint16(bytes, frame + ETHERNET_TYPE_AT);
  const first = bytes[frame + ETHERNET_HEADER_LENGTH] & 0xf0;
  return KNOWN_STARTS.some(([etherType, start]) => type === etherType && first === start);
}
