import type { CaptureFile } from './capture/files.js';
import { Frame } from './capture/frame.js';
import { type OpenCapture, openCapture } from './capture/open.js';
import type { FrameReader, ReadWarning } from './capture/reader.js';
import { TimeLine } from './capture/time-line.js';
import { InputError } from './errors.js';
import { FlowTracker, SEGMENTS_AT_ONCE } from './flow/tracker.js';
import { Twins } from './flow/twins.js';
import type { RecordFile, VantageRecord } from './flow/vantage-record.js';
import { countSkipped, skippedWarnings } from './skipped-frames.js';
import { decodeFrame, decodeNext } from './wire/decode.js';
import { linkTypeName } from './wire/link/link-type-names.js';
import { Segment } from './wire/segment.js';

/** How far a file may begin before the one before it has ended, in nanoseconds: a step of the clock, packets out of order. */
const LARGEST_OVERLAP = 1e9;

/** Told the bytes read so far, the size of the file where known, and the frames so far. */
type OnProgress = (bytes: number, size: number | null, frames: number) => void;

/**
 * The files of one vantage, one after the other: on one time line, into one log. Files that follow one another share
 * the table of open connections; those that were recorded side by side, one a backend, have none in common.
 */
export class VantageReading {
  readonly #tracker = new FlowTracker();
  readonly #timeLine = new TimeLine();
  /** Frames with a segment in them that wait to be tracked together, and after them the one that is being read. */
  readonly #waiting = Array.from({ length: SEGMENTS_AT_ONCE }, () => new Frame());
  readonly #segments = Array.from({ length: SEGMENTS_AT_ONCE }, () => new Segment());
  #waitingCount = 0;
  readonly #linkTypes = new Set<number>();
  readonly #formats = new Set<string>();
  readonly #files: RecordFile[] = [];
  readonly #warnings: ReadWarning[] = [];
  #framesBefore = 0;
  #frames = 0;
  #timeOfFile = 0;
  /** Frames before those of the file that is being read. */
  #firstOfFile = 0;
  #bytesBefore = 0;
  #lastTime = 0;
  /** The time that every file covers. */
  #coveredFrom = 0;
  #coveredTo = 0;
  readonly #twins = new Twins(this.#tracker.log);
  #sideBySide = false;
  #dropped: number | null = null;

  /**
   * @param choice name or number of the one interface whose frames are wanted; null for all
   * @param several whether frames are cited with the file they are in
   * @param signal ends the reading early, where it is
   */
  constructor(
    private readonly choice: string | null,
    private readonly several: boolean,
    private readonly signal?: AbortSignal,
  ) {}

  /** Reads one file to its end. */
  async read(file: CaptureFile, onProgress: OnProgress): Promise<void> {
    const capture = await openCapture(file.path, { timeLine: this.#timeLine, interface: this.choice });
    try {
      await this.#readFrames(capture, onProgress);
    } finally {
      await capture.close();
    }
    const { reader } = capture;
    const stopped = !capture.window.ended;
    if (!stopped) reader.finish();
    this.#end(file);
    this.#checkInterface(file, reader);
    this.#formats.add(reader.format);
    this.#files.push({ ...file, framesBefore: this.#framesBefore, frames: reader.frames });
    this.#framesBefore += reader.frames;
    this.#bytesBefore += capture.position();
    const stop = stopped ? [interrupted(reader.frames, capture.position())] : [];
    this.#warn(file, [...capture.unpackWarnings, ...reader.warnings, ...stop]);
    if (reader.dropsReported !== null) this.#dropped = (this.#dropped ?? 0) + reader.dropsReported;
  }

  /** What was read, once no file follows. */
  finish(): Omit<VantageRecord, 'vantage' | 'path' | 'interface'> {
    this.#tracker.finish();
    const { log } = this.#tracker;
    log.seal();
    const linkTypes = [...this.#linkTypes];
    return {
      format: [...this.#formats].join(', '),
      linkTypes: linkTypes.map(linkTypeName),
      frames: this.#frames,
      baseTime: this.#frames === 0 ? null : (this.#timeLine.base ?? 0n),
      lastTime: this.#lastTime,
      covered: [this.#coveredFrom, this.#sideBySide ? this.#coveredTo : this.#lastTime],
      warnings: [
        ...this.#warnings,
        ...skippedWarnings(log.counts.skipped, linkTypes),
        ...duplicateWarnings(log.counts.duplicates),
        ...letGoWarnings(log.counts.letGo),
      ],
      log,
      ...(this.several ? { files: this.#files } : {}),
      ...(this.#dropped === null ? {} : { dropsReported: this.#dropped }),
    };
  }

  async #readFrames(capture: OpenCapture, onProgress: OnProgress): Promise<void> {
    const { window } = capture;
    this.#firstOfFile = this.#frames;
    for (;;) {
      this.#readWindow(capture);
      onProgress(this.#bytesBefore + capture.position(), capture.size, this.#frames);
      if (window.ended || this.signal?.aborted) break;
      await window.fill();
    }
  }

  /** Reads the frames that the window holds. */
  #readWindow({ reader }: OpenCapture): void {
    for (;;) {
      const frame = this.#waiting[this.#waitingCount];
      if (!reader.next(frame)) break;
      if (this.#frames === this.#firstOfFile) this.#begin(frame);
      frame.number += this.#framesBefore;
      this.#frames += 1;
      this.#take(frame, this.#segments[this.#waitingCount]);
    }
    // What waits points into the window, which moves on.
    this.#track();
  }

  #take(frame: Frame, segment: Segment): void {
    this.#timeOfFile = frame.time;
    this.#linkTypes.add(frame.linkType);
    if (!decodeFrame(frame, segment)) {
      countSkipped(this.#tracker.log.counts.skipped, segment.stop);
      return;
    }
    this.#waitingCount += 1;
    if (segment.restAt >= 0) this.#takeRest(frame, segment);
    else if (this.#waitingCount === SEGMENTS_AT_ONCE) this.#track();
  }

  /** Takes further segments of a frame, each as it is found: there is one place for them. */
  #takeRest(frame: Frame, segment: Segment): void {
    this.#track();
    while (segment.restAt >= 0 && decodeNext(segment)) this.#tracker.add(frame, segment);
  }

  #track(): void {
    this.#tracker.addAll(this.#waiting, this.#segments, this.#waitingCount);
    this.#waitingCount = 0;
  }

  /** A file that begins before the one before it has ended goes on with none of its connections. */
  #begin(frame: Frame): void {
    if (this.#files.length === 0 || frame.time >= this.#lastTime - LARGEST_OVERLAP) return;
    if (!this.#sideBySide) this.#coveredTo = this.#lastTime;
    this.#sideBySide = true;
    this.#coveredFrom = Math.max(this.#coveredFrom, frame.time);
    this.#tracker.finish();
    this.#twins.takeUp();
  }

  /** To be called after each file. A connection that two files show would be two, each with holes. */
  #end({ path }: CaptureFile): void {
    this.#lastTime = Math.max(this.#lastTime, this.#timeOfFile);
    if (!this.#sideBySide) return;
    this.#coveredTo = Math.max(this.#coveredFrom, Math.min(this.#coveredTo, this.#timeOfFile));
    this.#tracker.finish();
    const before = this.#files.at(-1);
    if (before === undefined || !this.#twins.takeUp()) return;
    throw new InputError(
      `${before.path} and ${path} were recorded at the same time and show the same connections: give one for each side, or join them first: mergecap -w joined.pcapng ${before.path} ${path}`,
    );
  }

  #checkInterface({ path }: CaptureFile, { unmatchedInterfaces: names }: FrameReader): void {
    if (names === null) return;
    throw new InputError(`${path} has no interface '${this.choice}'; it has ${names.join(', ') || 'none'}`);
  }

  #warn({ label }: CaptureFile, warnings: readonly ReadWarning[]): void {
    this.#warnings.push(...(this.several ? warnings.map((one) => ({ ...one, file: label })) : warnings));
  }
}

function interrupted(frames: number, byteOffset: number): ReadWarning {
  const message = `the reading was interrupted: only the ${frames} frames up to here were analysed`;
  return { code: 'interrupted', message, frame: frames, byteOffset };
}

function duplicateWarnings(count: number): ReadWarning[] {
  if (count === 0) return [];
  const message = `${count} TCP segments were recorded more than once (several interfaces, or both directions of a mirror port); each counts once`;
  return [{ code: 'duplicates', message, frame: null, byteOffset: null }];
}

/** What a connection did after it was let go of looks like another one that began in the middle. */
function letGoWarnings(count: number): ReadWarning[] {
  if (count === 0) return [];
  const message = `${count} connections were let go of while they may have been open, those idle longest: more were open than are kept at a time; what they did later stands as connections of their own`;
  return [{ code: 'let-go', message, frame: null, byteOffset: null }];
}
