import { readUint16, readUint16Little } from '../bytes.js';
import type { Protocol } from '../registry.js';
import { lacks, refuse, type Segment, STOP_MALFORMED, STOP_OTHER_PROTOCOL, wireLength } from '../segment.js';
import { decodeFamily } from './loopback.js';

const HEADER_LENGTH = 4;
const FIELD_HEADER_LENGTH = 4;
/** NFULA_PAYLOAD of linux/netfilter/nfnetlink_log.h. */
const PAYLOAD = 9;
/** Kinds of field go up to about 20; none is repeated. */
const MOST_FIELDS = 64;
const WORD = 4;

/**
 * Packets that Netfilter logged, as fields of length, type and value in the byte order of the host that captured:
 * https://www.tcpdump.org/linktypes/LINKTYPE_NFLOG.html
 */
export const nflog: Protocol = {
  name: 'nflog',
  linkTypes: [239],
  decode(segment, at) {
    if (lacks(segment, at, HEADER_LENGTH + FIELD_HEADER_LENGTH)) return false;
    const { bytes } = segment;
    const first = at + HEADER_LENGTH;
    // The first field is short, its length in the wrong order enormous.
    const read = readUint16Little(bytes, first) <= readUint16(bytes, first) ? readUint16Little : readUint16;
    const payload = findPayload(segment, first, read);
    return payload < 0 ? false : decodeFamily(segment, payload, bytes[at]);
  },
};

/** Where the logged packet starts; -1 when no field holds it, with the reason noted. */
function findPayload(segment: Segment, first: number, read: typeof readUint16): number {
  let at = first;
  for (let count = 0; count < MOST_FIELDS && wireLength(segment, at) > 0; count += 1) {
    if (lacks(segment, at, FIELD_HEADER_LENGTH)) return -1;
    const length = read(segment.bytes, at);
    if (length < FIELD_HEADER_LENGTH) break;
    if (read(segment.bytes, at + 2) === PAYLOAD) return at + FIELD_HEADER_LENGTH;
    at += Math.ceil(length / WORD) * WORD;
  }
  refuse(segment, wireLength(segment, at) > 0 ? STOP_MALFORMED : STOP_OTHER_PROTOCOL);
  return -1;
}
