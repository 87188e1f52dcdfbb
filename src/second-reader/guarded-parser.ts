import { EventEmitter } from 'node:events';
import { type Packet, type PacketHeader, type Parser, type ParserInput, parse } from 'pcap-parser';
import { LARGEST_RECORD } from '../capture/pcap/records.js';
import { digestOf, type FrameImage, type Reading, type Refusal } from './reading.js';

const RECORD_HEADER_LENGTH = 16;
const NANOSECONDS_PER_SECOND = 1_000_000_000n;

/** A stream that is fed by hand: nothing flows unless it is handed over, and nothing more after the guard says stop. */
class HandFed extends EventEmitter implements ParserInput {
  pause(): void {}
  resume(): void {}
}

/**
 * `pcap-parser` with what it lacks: it believes any captured length, and copies all that it has gathered with every
 * further piece; it says nothing of a record that is cut off at the end; after an error it also says that it is done.
 */
export class GuardedParser {
  readonly #input = new HandFed();
  readonly #parser: Parser = parse(this.#input);
  readonly #images = new Map<number, FrameImage>();
  #headers = 0;
  #packets = 0;
  #stop: Reading['stop'] = null;
  #error: Error | null = null;

  /** @param unit nanoseconds in one unit of a record's second field */
  constructor(
    private readonly wanted: ReadonlySet<number>,
    private readonly unit: bigint,
  ) {
    this.#parser.on('packetHeader', (header) => this.#check(header));
    this.#parser.on('packet', (packet) => this.#take(packet));
    this.#parser.on('error', (error) => {
      this.#error ??= error;
    });
  }

  /** Hands over the next bytes, which the parser keeps. False when no more are wanted. */
  feed(piece: Uint8Array): boolean {
    this.#input.emit('data', piece);
    return this.#stop === null && this.#error === null;
  }

  /** What was read, once the bytes are over or no more are wanted. */
  reading(): Reading | Refusal {
    if (this.#error !== null) return { refusal: this.#error.message };
    const inBody = this.#headers > this.#packets ? RECORD_HEADER_LENGTH : 0;
    const tail = this.#stop === null ? (this.#parser.buffer?.length ?? 0) + inBody : 0;
    return { frames: this.#packets, images: this.#images, stop: this.#stop, tail };
  }

  /** Comes before the record's bytes are gathered: the moment to stop. */
  #check({ capturedLength }: PacketHeader): void {
    if (this.#stop !== null) return;
    this.#headers += 1;
    if (capturedLength > LARGEST_RECORD)
      this.#stop = { frame: this.#headers, why: `claims ${capturedLength} bytes` };
  }

  #take({ header, data }: Packet): void {
    if (this.#stop !== null) return;
    this.#packets += 1;
    if (this.wanted.has(this.#packets)) this.#images.set(this.#packets, this.#imageOf(header, data));
  }

  #imageOf(header: PacketHeader, data: Uint8Array): FrameImage {
    const fraction = BigInt(header.timestampMicroseconds) * this.unit;
    return {
      time: BigInt(header.timestampSeconds) * NANOSECONDS_PER_SECOND + fraction,
      capturedLength: header.capturedLength,
      originalLength: Math.max(header.capturedLength, header.originalLength),
      digest: digestOf(data),
    };
  }
}
