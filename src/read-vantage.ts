import { Frame } from './capture/frame.js';
import { openCapture } from './capture/open.js';
import type { ReadWarning } from './capture/reader.js';
import type { SkippedFrames } from './flow/log.js';
import { FlowTracker } from './flow/tracker.js';
import type { VantageRecord } from './flow/vantage-record.js';
import { decodeFrame } from './wire/decode.js';
import { linkTypeName } from './wire/link/index.js';
import { Segment, STOP_FRAGMENT, STOP_LINK_TYPE, STOP_MALFORMED, STOP_TRUNCATED } from './wire/segment.js';

/** How far reading has come. */
export interface ReadProgress {
  readonly vantage: string;
  readonly bytes: number;
  readonly totalBytes: number | null;
  readonly frames: number;
}

/**
 * Reads one capture from its bytes to its connections.
 * @throws InputError when the path is not a capture that can be read.
 */
export async function readVantage(
  vantage: string,
  path: string,
  onProgress?: (progress: ReadProgress) => void,
): Promise<VantageRecord> {
  const capture = await openCapture(path);
  const { reader, window } = capture;
  const tracker = new FlowTracker();
  const frame = new Frame();
  const segment = new Segment();
  const linkTypes = new Set<number>();
  try {
    do {
      while (reader.next(frame)) {
        linkTypes.add(frame.linkType);
        if (decodeFrame(frame, segment)) tracker.add(frame, segment);
        else countSkipped(tracker.log.skipped, segment.stop);
      }
      onProgress?.({
        vantage,
        bytes: window.position(window.start),
        totalBytes: capture.size,
        frames: frame.number,
      });
    } while (!reader.stopped && (await window.fill()));
  } finally {
    await capture.close();
  }
  reader.finish();
  tracker.finish();
  return {
    vantage,
    path,
    format: reader.format,
    linkTypes: [...linkTypes].map(linkTypeName),
    frames: frame.number,
    baseTime: reader.baseTime,
    lastTime: frame.time,
    warnings: [...reader.warnings, ...skippedWarnings(tracker.log.skipped, [...linkTypes])],
    log: tracker.log,
  };
}

function countSkipped(skipped: SkippedFrames, stop: number): void {
  if (stop === STOP_FRAGMENT) skipped.laterFragments += 1;
  else if (stop === STOP_TRUNCATED) skipped.truncated += 1;
  else if (stop === STOP_MALFORMED) skipped.malformed += 1;
  else if (stop === STOP_LINK_TYPE) skipped.unknownLinkType += 1;
  else skipped.otherProtocol += 1;
}

/** One warning for each way in which frames were passed over that a reader should know of. */
function skippedWarnings(skipped: SkippedFrames, linkTypes: readonly number[]): ReadWarning[] {
  const names = linkTypes.map(linkTypeName).join(', ');
  const all: [code: string, count: number, what: string][] = [
    [
      'later-fragments',
      skipped.laterFragments,
      'later IP fragments: their TCP header travelled in the first',
    ],
    ['headers-cut', skipped.truncated, 'frames cut before the end of their headers by the snapshot length'],
    ['malformed', skipped.malformed, 'frames whose headers contradict themselves'],
    ['unknown-link-type', skipped.unknownLinkType, `frames of a link type that is not read (${names})`],
  ];
  return all
    .filter(([, count]) => count > 0)
    .map(([code, count, what]) => ({ code, message: `${count} ${what}`, frame: null, byteOffset: null }));
}
