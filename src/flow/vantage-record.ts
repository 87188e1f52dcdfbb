import type { ReadWarning } from '../capture/reader.js';
import type { FlowLog } from './log.js';

/** One capture, read to its end: what every later stage works on. */
export interface VantageRecord {
  readonly vantage: string;
  readonly path: string;
  readonly format: string;
  readonly linkTypes: readonly string[];
  readonly frames: number;
  /** Nanoseconds since 1970 of the first frame; null in a capture without frames. */
  readonly baseTime: bigint | null;
  /** Nanoseconds from the first frame to the last. */
  readonly lastTime: number;
  readonly warnings: readonly ReadWarning[];
  readonly log: FlowLog;
}
