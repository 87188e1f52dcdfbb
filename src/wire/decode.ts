import type { Frame } from '../capture/frame.js';
import { decodeRestOfAMsdu } from './link/a-msdu.js';
import { linkLayer } from './protocols.js';
import { refuse, type Segment, STOP_LINK_TYPE } from './segment.js';

/**
 * Decodes a frame down to its innermost TCP segment, in place. True when there is one; else `segment.stop` says why
 * not. Never throws, whatever the bytes.
 */
export function decodeFrame(frame: Frame, segment: Segment): boolean {
  segment.bytes = frame.bytes;
  segment.end = frame.at + frame.capturedLength;
  segment.wireEnd = frame.at + frame.originalLength;
  segment.depth = 0;
  segment.direction = frame.direction;
  segment.ipAt = -1;
  segment.outermostAt = -1;
  segment.flowCookieAt = -1;
  segment.restAt = -1;
  const layer = linkLayer(frame.linkType);
  if (layer !== undefined) return layer.decode(segment, frame.at);
  return refuse(segment, STOP_LINK_TYPE);
}

/**
 * Decodes the next segment of the frame that `decodeFrame` was given: for as long as `segment.restAt` is not -1 there
 * may be one. Only 802.11 puts several packets into a frame.
 */
export function decodeNext(segment: Segment): boolean {
  return decodeRestOfAMsdu(segment);
}
