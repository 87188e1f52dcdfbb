import { readUint32 } from '../bytes.js';
import type { Protocol } from '../registry.js';
import { lacks, refuse, STOP_OPAQUE, STOP_OTHER_PROTOCOL } from '../segment.js';

/** RFC 4303. What is encrypted is counted apart: the connections inside are missed, and a reader must know. */
export const esp: Protocol = {
  name: 'ESP',
  ipProtocols: [50],
  decode: (segment) => refuse(segment, STOP_OPAQUE),
};

/** The zeros in front of an IKE message, where ESP has its security parameters index: RFC 3948, 2.2. */
const NON_ESP_MARKER_LENGTH = 4;

/** ESP through UDP: RFC 3948, 2. IKE and keepalives (one byte) share the port. */
export const espInUdp: Protocol = {
  name: 'ESP in UDP',
  udpPorts: [4500],
  decode(segment, at) {
    if (segment.end - at <= 1) return refuse(segment, STOP_OTHER_PROTOCOL);
    if (lacks(segment, at, NON_ESP_MARKER_LENGTH)) return false;
    return refuse(segment, readUint32(segment.bytes, at) === 0 ? STOP_OTHER_PROTOCOL : STOP_OPAQUE);
  },
};
