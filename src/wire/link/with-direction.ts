import { DIRECTION_INBOUND, DIRECTION_OUTBOUND } from '../../capture/frame.js';
import type { Decode, Protocol } from '../registry.js';
import { lacks } from '../segment.js';
import { decodeCiscoHdlc } from './cisco-hdlc.js';
import { decodeFrameRelay } from './frame-relay.js';
import { decodePpp } from './ppp.js';

/** Wide area links with a byte in front: 0 where the capturing host received the frame, else it sent it. */
function withDirection(name: string, linkType: number, decode: Decode): Protocol {
  return {
    name,
    linkTypes: [linkType],
    decode(segment, at) {
      if (lacks(segment, at, 1)) return false;
      segment.direction = segment.bytes[at] === 0 ? DIRECTION_INBOUND : DIRECTION_OUTBOUND;
      return decode(segment, at + 1);
    },
  };
}

/** https://www.tcpdump.org/linktypes/LINKTYPE_PPP_WITH_DIR.html and its two neighbours. */
export const pppWithDirection = withDirection('PPP with direction', 204, decodePpp);
export const ciscoHdlcWithDirection = withDirection('Cisco HDLC with direction', 205, decodeCiscoHdlc);
export const frameRelayWithDirection = withDirection('frame relay with direction', 206, decodeFrameRelay);
