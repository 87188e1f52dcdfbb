import { DamageLog, truncated } from './damage.js';
import {
  DIRECTION_INBOUND,
  DIRECTION_OUTBOUND,
  DIRECTION_UNKNOWN,
  type Direction,
  type Frame,
} from './frame.js';
import { readPcapHeader } from './pcap/header.js';
import {
  chooseRecords,
  FRACTION_AT,
  LARGEST_ORDINARY_RECORD,
  LARGEST_RECORD,
  type PcapRecords,
} from './pcap/records.js';
import type { FrameReader, ReadWarning } from './reader.js';
import { type Answer, MORE, NO, seek, YES } from './search.js';
import { TimeLine } from './time-line.js';
import type { ByteWindow } from './window.js';

export { FILE_HEADER_LENGTH } from './pcap/variants.js';

/** Linux packet types (linux/if_packet.h), where a record header has one. */
const PACKET_HOST = 0;
const PACKET_OUTGOING = 4;

/** Reads captures of the classic family (draft-ietf-opsawg-pcap and its relatives). The window holds the file header. */
export class PcapReader implements FrameReader {
  readonly format: string;
  readonly dropsReported = null;
  readonly unmatchedInterfaces = null;
  frames = 0;
  readonly #window: ByteWindow;
  readonly #timeLine: TimeLine;
  readonly #records: PcapRecords;
  readonly #little: boolean;
  readonly #fractionUnit: number;
  readonly #headerLength: number;
  readonly #packetTypeAt: number;
  readonly #linkType: number;
  readonly #damage = new DamageLog();
  readonly #warnings: ReadWarning[] = [];
  /** What is searched for is the end of a tail that may be cut, not damaged. */
  #doubtfulTail = false;
  #searchedTail = false;
  #lastSeconds: number | null = null;

  constructor(window: ByteWindow, timeLine = new TimeLine()) {
    const header = readPcapHeader(window.view, window.start, window.end);
    if (header === null) throw new Error('the window does not begin with the header of a classic capture');
    this.#window = window;
    this.#timeLine = timeLine;
    this.#records = chooseRecords(window, header);
    const { variant } = this.#records;
    this.format = variant.format;
    this.#little = header.little;
    this.#linkType = header.linkType;
    this.#fractionUnit = variant.fractionUnit;
    this.#headerLength = variant.recordHeaderLength;
    this.#packetTypeAt = variant.packetTypeAt;
    window.start = Math.min(window.start + variant.fileHeaderLength, window.end);
  }

  get baseTime(): bigint | null {
    return this.#timeLine.base;
  }

  get warnings(): readonly ReadWarning[] {
    return [...this.#damage.warnings, ...this.#warnings];
  }

  next(frame: Frame): boolean {
    for (;;) {
      if (this.#damage.searching && !this.#found()) return false;
      const answer = this.#canTake();
      if (answer === MORE) return false;
      if (answer === YES) break;
      this.#window.start += 1;
    }
    this.#take(frame);
    return true;
  }

  finish(): void {
    const window = this.#window;
    const end = window.position(window.end);
    if (this.#damage.searching && !this.#doubtfulTail) {
      this.#damage.lost(end);
    } else {
      const from = this.#damage.searching ? this.#damage.searchedFrom : window.position(window.start);
      if (end > from) this.#warnings.push(truncated(this.frames + 1, from, end - from));
    }
    this.#damage.finish();
  }

  /** Whether the window's start holds a whole record; a length that cannot be begins a search. */
  #canTake(): Answer {
    const window = this.#window;
    const at = window.start;
    const body = at + this.#headerLength;
    if (body > window.end) return MORE;
    const captured = this.#records.capturedLength(at);
    if (captured > LARGEST_ORDINARY_RECORD) return this.#isBelievable(at, captured);
    if (body + captured <= window.end) return YES;
    return window.ended && !this.#searchedTail ? this.#isCut(at, captured) : MORE;
  }

  /** Whether the last record was merely cut: then its header makes sense. Asked once, at the end. */
  #isCut(at: number, captured: number): Answer {
    this.#searchedTail = true;
    if (this.#records.makesSense(at, this.#lastSeconds)) return MORE;
    return this.#doubt(at, captured, 'more than the file has', true);
  }

  #take(frame: Frame): void {
    const window = this.#window;
    const { view, start: at } = window;
    const captured = this.#records.capturedLength(at);
    const seconds = view.getUint32(at, this.#little);
    const fraction = view.getUint32(at + FRACTION_AT, this.#little) * this.#fractionUnit;
    this.frames += 1;
    this.#lastSeconds = seconds;
    frame.number = this.frames;
    frame.time = this.#timeLine.since(seconds, fraction);
    frame.bytes = window.bytes;
    frame.at = at + this.#headerLength;
    frame.capturedLength = captured;
    frame.originalLength = Math.max(captured, this.#records.originalLength(at));
    frame.linkType = this.#linkType;
    frame.direction =
      this.#packetTypeAt === 0 ? DIRECTION_UNKNOWN : directionOf(window.bytes[at + this.#packetTypeAt]);
    frame.byteOffset = window.position(at);
    window.start = frame.at + captured;
  }

  /** Whether a length that is larger than a packet can be is borne out by what follows; waits for that to arrive. */
  #isBelievable(at: number, captured: number): Answer {
    if (captured > LARGEST_RECORD)
      return this.#doubt(at, captured, 'more than a network frame can have', false);
    const end = at + this.#headerLength + captured;
    const answer = this.#records.isFollowed(end, this.#window.view.getUint32(at, this.#little));
    if (answer !== NO) return answer;
    return this.#doubt(at, captured, 'and no frame follows', end > this.#window.end);
  }

  #doubt(at: number, captured: number, why: string, tail: boolean): typeof NO {
    this.#damage.begin(this.frames + 1, this.#window.position(at), `claims ${captured} bytes, ${why}`);
    this.#doubtfulTail = tail;
    return NO;
  }

  /** Goes on to the next place where records make sense, if the window holds one. */
  #found(): boolean {
    const near = this.#lastSeconds;
    if (!seek(this.#window, (at) => this.#records.beginAt(at, near))) return false;
    this.#damage.resumed(this.#window.position(this.#window.start));
    return true;
  }
}

function directionOf(packetType: number): Direction {
  if (packetType === PACKET_HOST) return DIRECTION_INBOUND;
  return packetType === PACKET_OUTGOING ? DIRECTION_OUTBOUND : DIRECTION_UNKNOWN;
}
