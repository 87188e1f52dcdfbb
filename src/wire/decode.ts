import type { Frame } from '../capture/frame.js';
import { linkLayer } from './link/index.js';
import { type Segment, STOP_LINK_TYPE } from './segment.js';

/**
 * Decodes a frame down to its innermost TCP segment, in place. True when there is one; else `segment.stop` says why
 * not. Never throws, whatever the bytes.
 */
export function decodeFrame(frame: Frame, segment: Segment): boolean {
  segment.bytes = frame.bytes;
  segment.end = frame.at + frame.capturedLength;
  segment.cut = frame.originalLength - frame.capturedLength;
  segment.depth = 0;
  segment.direction = frame.direction;
  const layer = linkLayer(frame.linkType);
  if (layer !== undefined) return layer.decode(segment, frame.at);
  segment.stop = STOP_LINK_TYPE;
  return false;
}
