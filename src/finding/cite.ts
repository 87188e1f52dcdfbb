import { citedFrame } from '../flow/vantage-record.js';
import type { Pairing } from '../pair/path.js';
import type { EvidenceLine, FrameRef } from '../result.js';

/** A frame by its number over all files of its vantage, as the report cites it: by its number in its own file. */
export function cite(ref: FrameRef, pairing: Pairing): FrameRef {
  const record = ref.vantage === 'server' ? pairing.server : pairing.client;
  if (record?.files === undefined) return ref;
  return { vantage: ref.vantage, ...citedFrame(record, ref.frame) };
}

/** A line of evidence with its frames as the report cites them. */
export function citing(line: EvidenceLine, pairing: Pairing): EvidenceLine {
  const whole = pairing.client?.files === undefined && pairing.server?.files === undefined;
  return whole ? line : { ...line, frames: line.frames.map((ref) => cite(ref, pairing)) };
}
