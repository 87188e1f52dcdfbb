import type { Frame } from './frame.js';
import { DIRECTION_UNKNOWN } from './frame.js';
import type { FrameReader, ReadWarning } from './reader.js';
import type { ByteWindow } from './window.js';

// Classic libpcap files: https://www.ietf.org/archive/id/draft-ietf-opsawg-pcap-05.html

/** Bytes of the file header. */
export const FILE_HEADER_LENGTH = 24;
const RECORD_HEADER_LENGTH = 16;
const MAGIC_MICROSECONDS = 0xa1b2c3d4;
const MAGIC_NANOSECONDS = 0xa1b23c4d;
const LINK_TYPE_AT = 20;
/** The upper bits of the link type field tell of frame check sequences and the like (draft, 4). */
const LINK_TYPE_MASK = 0x0fff_ffff & 0xffff;
/** The largest snapshot length that any libpcap writer uses (MAXIMUM_SNAPLEN for DBus, pcap-common.c): 128 MiB. */
const LARGEST_RECORD = 0x800_0000;
/** Where a record that long could only be a lie: the largest for a link type that carries IP (pcap-int.h). */
const LARGEST_NETWORK_RECORD = 0x4_0000;
const NANOSECONDS_PER_SECOND = 1_000_000_000;
const NANOSECONDS_PER_MICROSECOND = 1_000;

/** True when the bytes begin like a classic capture, in either byte order and resolution. */
export function isPcap(view: DataView): boolean {
  return [true, false].some((little) => {
    const magic = view.getUint32(0, little);
    return magic === MAGIC_MICROSECONDS || magic === MAGIC_NANOSECONDS;
  });
}

/** Reads classic captures: microseconds and nanoseconds, both byte orders. The window must hold the file header. */
export class PcapReader implements FrameReader {
  readonly format: string;
  baseTime: bigint | null = null;
  stopped = false;
  readonly warnings: ReadWarning[] = [];
  readonly #window: ByteWindow;
  readonly #little: boolean;
  readonly #fractionUnit: number;
  readonly #linkType: number;
  #baseSeconds = 0;
  #baseFraction = 0;
  #frames = 0;

  constructor(window: ByteWindow) {
    const { view, start } = window;
    const little = view.getUint32(start, true);
    this.#little = little === MAGIC_MICROSECONDS || little === MAGIC_NANOSECONDS;
    const nanoseconds = view.getUint32(start, this.#little) === MAGIC_NANOSECONDS;
    this.format = nanoseconds ? 'pcap-ns' : 'pcap';
    this.#fractionUnit = nanoseconds ? 1 : NANOSECONDS_PER_MICROSECOND;
    this.#linkType = view.getUint32(start + LINK_TYPE_AT, this.#little) & LINK_TYPE_MASK;
    this.#window = window;
    window.start += FILE_HEADER_LENGTH;
  }

  next(frame: Frame): boolean {
    const window = this.#window;
    const at = window.start;
    const body = at + RECORD_HEADER_LENGTH;
    if (this.stopped || body > window.end) return false;
    const { view } = window;
    const captured = view.getUint32(at + 8, this.#little);
    if (captured > LARGEST_NETWORK_RECORD) return this.#stop(captured);
    if (body + captured > window.end) return false;
    const seconds = view.getUint32(at, this.#little);
    const fraction = view.getUint32(at + 4, this.#little) * this.#fractionUnit;
    if (this.#frames === 0) this.#setBase(seconds, fraction);
    this.#frames += 1;
    frame.number = this.#frames;
    frame.time = (seconds - this.#baseSeconds) * NANOSECONDS_PER_SECOND + (fraction - this.#baseFraction);
    frame.bytes = window.bytes;
    frame.at = body;
    frame.capturedLength = captured;
    frame.originalLength = Math.max(captured, view.getUint32(at + 12, this.#little));
    frame.linkType = this.#linkType;
    frame.direction = DIRECTION_UNKNOWN;
    frame.byteOffset = window.position(at);
    window.start = body + captured;
    return true;
  }

  finish(): void {
    const left = this.#window.available;
    if (this.stopped || left === 0) return;
    const byteOffset = this.#window.position(this.#window.start);
    const message = `the capture ends inside frame ${this.#frames + 1} (${left} bytes of it are left, at byte ${byteOffset}); everything before was analysed`;
    this.warnings.push({ code: 'truncated', message, frame: this.#frames + 1, byteOffset });
  }

  #setBase(seconds: number, fraction: number): void {
    this.#baseSeconds = seconds;
    this.#baseFraction = fraction;
    this.baseTime = BigInt(seconds) * BigInt(NANOSECONDS_PER_SECOND) + BigInt(fraction);
  }

  #stop(captured: number): boolean {
    this.stopped = true;
    const byteOffset = this.#window.position(this.#window.start);
    const claim =
      captured > LARGEST_RECORD ? 'more than any capture holds' : 'more than a network frame can have';
    const message = `frame ${this.#frames + 1} at byte ${byteOffset} claims ${captured} bytes, ${claim}; the file is damaged there and was analysed up to it`;
    this.warnings.push({ code: 'impossible-length', message, frame: this.#frames + 1, byteOffset });
    return false;
  }
}
