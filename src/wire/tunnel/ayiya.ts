import { decodeEncapsulated } from '../ip/encapsulated.js';
import type { Protocol } from '../registry.js';
import { lacks, refuse, STOP_OTHER_PROTOCOL } from '../segment.js';
import { TUNNEL_AYIYA } from '../tunnel-kind.js';

// draft-massar-v6ops-ayiya-02, 3: lengths of identity and signature, methods, operation, next header, time.
const HEADER_LENGTH = 8;
const SIGNATURE_WORD = 4;
const OPERATION_AT = 2;
const OPERATION_MASK = 0x0f;
const FORWARD = 1;
const NEXT_HEADER_AT = 3;

/** The tunnels of SixXS and other brokers. */
export const ayiya: Protocol = {
  name: 'AYIYA',
  udpPorts: [5072],
  tunnel: TUNNEL_AYIYA,
  decode(segment, at) {
    if (lacks(segment, at, HEADER_LENGTH)) return false;
    const { bytes } = segment;
    if ((bytes[at + OPERATION_AT] & OPERATION_MASK) !== FORWARD) return refuse(segment, STOP_OTHER_PROTOCOL);
    const identity = 2 ** (bytes[at] >>> 4);
    const signature = (bytes[at + 1] >>> 4) * SIGNATURE_WORD;
    return decodeEncapsulated(segment, at + HEADER_LENGTH + identity + signature, bytes[at + NEXT_HEADER_AT]);
  },
};
