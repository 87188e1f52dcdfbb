import { InputError } from '../errors.js';
import { readPcapHeader } from './pcap/header.js';
import { variantsOf } from './pcap/variants.js';
import { PcapReader } from './pcap.js';
import { SECTION_HEADER } from './pcapng/blocks.js';
import { PcapngReader } from './pcapng.js';
import type { FrameReader } from './reader.js';
import type { TimeLine } from './time-line.js';
import type { ByteWindow } from './window.js';

/** What a reader is opened with, besides its bytes. */
export interface ReadOptions {
  readonly timeLine: TimeLine;
  /** Name or number of the one interface whose frames are wanted; null for all. */
  readonly interface: string | null;
}

/** One capture format: how it is recognised and who reads it. */
export interface CaptureFormat {
  readonly name: string;
  /** Bytes that its file header has at least. */
  readonly headerLength: number;
  /** Whether the first 4 bytes of the view are this format's. */
  recognises(view: DataView): boolean;
  /** @throws InputError when the header cannot be read; its message goes on after the path */
  open(window: ByteWindow, options: ReadOptions): FrameReader;
}

const pcap: CaptureFormat = {
  name: 'pcap',
  headerLength: 24,
  recognises: (view) => [true, false].some((little) => variantsOf(view.getUint32(0, little)) !== undefined),
  open(window, { timeLine, interface: choice }) {
    if (readPcapHeader(window.view, window.start, window.end) === null)
      throw new InputError('is a pcap file of a version before 2.0, which nothing reads any more');
    if (choice !== null)
      throw new InputError(
        'is a pcap file and tells no interfaces apart; --vantage with if: needs a pcapng file',
      );
    return new PcapReader(window, timeLine);
  },
};

const pcapng: CaptureFormat = {
  name: 'pcapng',
  headerLength: 28,
  recognises: (view) => view.getUint32(0) === SECTION_HEADER,
  open: (window, { timeLine, interface: choice }) => new PcapngReader(window, timeLine, choice),
};

/** The formats that are read. A further one is added here; nothing else knows how many there are. */
export const FORMATS: readonly CaptureFormat[] = [pcap, pcapng];
