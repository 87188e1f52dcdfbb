import type { CaptureFile } from './capture/files.js';
import { Frame } from './capture/frame.js';
import { type OpenCapture, openCapture } from './capture/open.js';
import type { FrameReader, ReadWarning } from './capture/reader.js';
import { TimeLine } from './capture/time-line.js';
import { InputError } from './errors.js';
import { FlowTracker } from './flow/tracker.js';
import type { RecordFile, VantageRecord } from './flow/vantage-record.js';
import { countSkipped, skippedWarnings } from './skipped-frames.js';
import { decodeFrame, decodeNext } from './wire/decode.js';
import { linkTypeName } from './wire/link/link-type-names.js';
import { Segment } from './wire/segment.js';

/** How far a file may begin before the one before it has ended, in nanoseconds: a step of the clock, packets out of order. */
const LARGEST_OVERLAP = 1e9;

/** Told the bytes read so far, the size of the file where known, and the frames so far. */
type OnProgress = (bytes: number, size: number | null, frames: number) => void;

/** The files of one vantage, one after the other: on one time line, into one table of connections. */
export class VantageReading {
  readonly #tracker = new FlowTracker();
  readonly #timeLine = new TimeLine();
  readonly #frame = new Frame();
  readonly #segment = new Segment();
  readonly #linkTypes = new Set<number>();
  readonly #formats = new Set<string>();
  readonly #files: RecordFile[] = [];
  readonly #warnings: ReadWarning[] = [];
  #framesBefore = 0;
  #frames = 0;
  #bytesBefore = 0;
  #lastTime = 0;
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
      await this.#readFrames(file, capture, onProgress);
    } finally {
      await capture.close();
    }
    const { reader } = capture;
    const stopped = !capture.window.ended;
    if (!stopped) reader.finish();
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
    const linkTypes = [...this.#linkTypes];
    return {
      format: [...this.#formats].join(', '),
      linkTypes: linkTypes.map(linkTypeName),
      frames: this.#frames,
      baseTime: this.#frames === 0 ? null : (this.#timeLine.base ?? 0n),
      lastTime: this.#lastTime,
      warnings: [
        ...this.#warnings,
        ...skippedWarnings(log.skipped, linkTypes),
        ...duplicateWarnings(log.duplicates),
      ],
      log,
      ...(this.several ? { files: this.#files } : {}),
      ...(this.#dropped === null ? {} : { dropsReported: this.#dropped }),
    };
  }

  async #readFrames(file: CaptureFile, capture: OpenCapture, onProgress: OnProgress): Promise<void> {
    const { reader, window } = capture;
    const frame = this.#frame;
    const framesBefore = this.#frames;
    for (;;) {
      while (reader.next(frame)) {
        if (this.#frames === framesBefore) this.#checkOrder(file);
        frame.number += this.#framesBefore;
        this.#frames += 1;
        this.#take(frame);
      }
      onProgress(this.#bytesBefore + capture.position(), capture.size, this.#frames);
      if (window.ended || this.signal?.aborted) break;
      await window.fill();
    }
  }

  #take(frame: Frame): void {
    const segment = this.#segment;
    const tracker = this.#tracker;
    this.#lastTime = frame.time;
    this.#linkTypes.add(frame.linkType);
    if (!decodeFrame(frame, segment)) {
      countSkipped(tracker.log.skipped, segment.stop);
      return;
    }
    tracker.add(frame, segment);
    while (segment.restAt >= 0 && decodeNext(segment)) tracker.add(frame, segment);
  }

  /** Files that were recorded at the same time are not one capture: one after the other, their packets would be out of order. */
  #checkOrder({ path }: CaptureFile): void {
    const before = this.#files.at(-1);
    if (before === undefined || this.#frame.time >= this.#lastTime - LARGEST_OVERLAP) return;
    throw new InputError(
      `${before.path} and ${path} were recorded at the same time: give one for each side, or join them first: mergecap -w joined.pcapng ${before.path} ${path}`,
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
