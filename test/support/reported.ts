import { analyze } from '#src/analyze.js';
import type { CaptureWarning } from '#src/result.js';

/** A RST segment by the header fields that any tool shows. */
export interface SeenReset {
  readonly frame: number;
  readonly seq: number;
  readonly ack: number;
  readonly flags: string;
  readonly ttl: number;
  /** Null in IPv6. */
  readonly ipId: number | null;
  readonly window: number;
}

export interface SeenCapture {
  readonly frames: number;
  readonly tcpSegments: number;
  readonly resetSegments: number;
  readonly resets: readonly SeenReset[];
}

/** What the report says of one capture, in the order of its frames. */
export async function reported(path: string): Promise<SeenCapture & { warnings: readonly CaptureWarning[] }> {
  const { captures, findings } = await analyze({ captures: [{ path, vantage: 'client' }] });
  const [{ frames, tcpSegments, resetSegments, warnings }] = captures;
  const resets = findings
    .flatMap((finding) => finding.resets)
    .map(({ frame, seq, ack, flags, ttl, ipId, window }) => ({ frame, seq, ack, flags, ttl, ipId, window }))
    .sort((a, b) => a.frame - b.frame);
  return { frames, tcpSegments, resetSegments, resets, warnings };
}
