import { InputError } from '../errors.js';
import { FILE_HEADER_LENGTH, isPcap, PcapReader } from './pcap.js';
import type { FrameReader } from './reader.js';
import { type ByteSource, openSource } from './source.js';
import { ByteWindow } from './window.js';

/** One capture, opened: its frames through `reader`, its bytes through `window`. */
export interface OpenCapture {
  readonly reader: FrameReader;
  readonly window: ByteWindow;
  /** Total bytes, where known. */
  readonly size: number | null;
  close(): Promise<void>;
}

/**
 * Opens a capture and finds its format by its content.
 * @throws InputError in one line when it is missing, empty, or not a capture that can be read.
 */
export async function openCapture(path: string): Promise<OpenCapture> {
  const source = await openSource(path);
  const window = new ByteWindow(source);
  try {
    await window.require(FILE_HEADER_LENGTH);
    return { reader: readerFor(path, window), window, size: source.size, close: () => source.close() };
  } catch (error) {
    await source.close();
    throw wrapped(path, error, source);
  }
}

function readerFor(path: string, window: ByteWindow): FrameReader {
  if (window.end === 0)
    throw new InputError(`${path} is empty (0 bytes); was the capture stopped before it wrote anything?`);
  const enough = window.end >= FILE_HEADER_LENGTH;
  if (enough && isPcap(window.view)) return new PcapReader(window);
  throw new InputError(
    `${path} is not a capture: it begins with ${firstBytes(window)}; expected a pcap file`,
  );
}

function firstBytes(window: ByteWindow): string {
  const bytes = window.bytes.subarray(0, Math.min(window.end, 4));
  return `bytes ${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')}`;
}

function wrapped(path: string, error: unknown, _source: ByteSource): unknown {
  if (error instanceof InputError) return error;
  const code = (error as NodeJS.ErrnoException).code;
  return code === undefined ? error : new InputError(`${path} cannot be read: ${(error as Error).message}`);
}
