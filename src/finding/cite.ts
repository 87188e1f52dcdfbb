import { citedFrame } from '../flow/vantage-record.js';
import type { Pairing } from '../pair/path.js';
import type { FrameRef } from '../result.js';

/** A frame by its number over all files of its vantage, as the report cites it: by its number in its own file. */
export function cite({ vantage, frame }: FrameRef, pairing: Pairing): FrameRef {
  const record = vantage === 'server' ? pairing.server : pairing.client;
  return { vantage, ...citedFrame(record ?? {}, frame) };
}
