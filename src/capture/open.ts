import { InputError } from '../errors.js';
import { describeForeign, FOREIGN_HEAD } from './foreign.js';
import { FORMATS, type ReadOptions } from './formats.js';
import { PeekSource } from './peek.js';
import type { FrameReader, ReadWarning } from './reader.js';
import { openSource } from './source.js';
import { TimeLine } from './time-line.js';
import { unpack } from './unpack.js';
import { ByteWindow } from './window.js';

/** One capture, opened: its frames through `reader`, its bytes through `window`. */
export interface OpenCapture {
  readonly reader: FrameReader;
  readonly window: ByteWindow;
  /** Bytes of the file as it lies on the disk, where known. */
  readonly size: number | null;
  /** Bytes of it that were read so far. */
  position(): number;
  /** What went wrong in decompressing, filled while reading. */
  readonly unpackWarnings: readonly ReadWarning[];
  close(): Promise<void>;
}

export interface OpenOptions extends Partial<ReadOptions> {
  /** Bytes asked for at once. */
  readonly readSize?: number;
}

/** As much of a capture as its format is recognised by; magics and a few records. */
const HEAD = 1 << 16;
const MAGIC_LENGTH = 4;

/**
 * Opens a capture and finds its format by its content, compressed or not.
 * @throws InputError in one line when it is missing, empty, or not a capture that can be read.
 */
export async function openCapture(path: string, options: OpenOptions = {}): Promise<OpenCapture> {
  const file = new PeekSource(await openSource(path));
  try {
    const { source, warnings } = await unpack(path, file);
    const window = new ByteWindow(source, options.readSize);
    await window.require(HEAD);
    const reader = readerFor(
      path,
      window,
      {
        timeLine: options.timeLine ?? new TimeLine(),
        interface: options.interface ?? null,
      },
      warnings,
    );
    const close = async () => {
      await source.close();
      await file.close();
    };
    return {
      reader,
      window,
      size: file.size,
      position: () => file.position,
      unpackWarnings: warnings,
      close,
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

function readerFor(
  path: string,
  window: ByteWindow,
  options: ReadOptions,
  warnings: readonly ReadWarning[],
): FrameReader {
  if (window.end === 0) throw new InputError(`${path} ${whyEmpty(warnings)}`);
  const format = FORMATS.find((one) => window.end >= MAGIC_LENGTH && one.recognises(window.view));
  if (format === undefined) throw new InputError(`${path} ${whyNoCapture(path, window)}`);
  if (window.end < format.headerLength)
    throw new InputError(
      `${path} begins like ${format.name}, but its ${window.end} bytes do not hold a file header; copy it again`,
    );
  try {
    return format.open(window, options);
  } catch (error) {
    throw error instanceof InputError ? new InputError(`${path} ${error.message}`) : error;
  }
}

function whyEmpty(warnings: readonly ReadWarning[]): string {
  const damage = warnings[0];
  if (damage === undefined) return 'is empty (0 bytes); was the capture stopped before it wrote anything?';
  return `holds nothing that can be read: ${damage.message}; copy it again`;
}

function whyNoCapture(path: string, window: ByteWindow): string {
  const head = window.bytes.subarray(0, Math.min(window.end, FOREIGN_HEAD));
  return (
    describeForeign(path, head) ??
    `is not a capture: it begins with ${firstBytes(head)}; expected pcap or pcapng (editcap -F pcapng in out converts what Wireshark reads)`
  );
}

function firstBytes(head: Uint8Array): string {
  const shown = [...head.subarray(0, MAGIC_LENGTH)];
  return `bytes ${shown.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')}`;
}
