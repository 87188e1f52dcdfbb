import { DamageLog, truncated } from './damage.js';
import type { Frame } from './frame.js';
import {
  blockBeginsAt,
  INTERFACE_DESCRIPTION,
  INTERFACE_STATISTICS,
  isPacketType,
  isPossibleLength,
  SECTION_HEADER,
  SMALLEST_BLOCK,
  sectionIsLittle,
  TRAILER_LENGTH,
} from './pcapng/blocks.js';
import { InterfaceTable } from './pcapng/interface-table.js';
import { PACKET_FIELDS_LENGTH, PacketFields } from './pcapng/packet.js';
import type { TimeUnit } from './pcapng/time-unit.js';
import type { FrameReader, ReadWarning } from './reader.js';
import { type Answer, MORE, NO, seek, YES } from './search.js';
import { TimeLine } from './time-line.js';
import type { ByteWindow } from './window.js';

const DROPS =
  'packets were dropped before they were written, say the statistics of the capture: what is missing in it proves less';

const LENGTH_AT = 4;
const INTERFACE_AT = 8;
// In a section header (draft, 4.1).
const MAJOR_AT = 12;
const MINOR_AT = 14;
const VERSION = 1;

/**
 * Reads pcapng (draft-ietf-opsawg-pcapng): any number of sections and interfaces, each section in its own byte order.
 * Packets are frames; other blocks are used where they tell something of packets, else passed over by their length.
 */
export class PcapngReader implements FrameReader {
  readonly format = 'pcapng';
  frames = 0;
  readonly #window: ByteWindow;
  readonly #timeLine: TimeLine;
  readonly #interfaces: InterfaceTable;
  readonly #packet = new PacketFields();
  readonly #damage = new DamageLog();
  readonly #warnings: ReadWarning[] = [];
  #little = true;
  #lastTime = 0;
  #untimed = 0;
  #oversold = 0;
  #unknownInterface = 0;
  #newerSections = 0;
  #inNewerSection = false;
  /** What is searched for is the end of a tail that may be cut, not damaged. */
  #doubtfulTail = false;

  /** @param choice name or number of the one interface whose frames are wanted; null for all */
  constructor(window: ByteWindow, timeLine = new TimeLine(), choice: string | null = null) {
    this.#window = window;
    this.#timeLine = timeLine;
    this.#interfaces = new InterfaceTable(choice);
  }

  get baseTime(): bigint | null {
    return this.#timeLine.base;
  }

  get dropsReported(): number | null {
    return this.#interfaces.dropped();
  }

  get warnings(): readonly ReadWarning[] {
    return [...this.#damage.warnings, ...this.#warnings];
  }

  get unmatchedInterfaces(): readonly string[] | null {
    return this.#interfaces.matched ? null : this.#interfaces.names();
  }

  next(frame: Frame): boolean {
    for (;;) {
      if (this.#damage.searching && !this.#found()) return false;
      const answer = this.#canTake();
      if (answer === MORE) return false;
      if (answer === NO) this.#window.start += 1;
      else if (this.#take(frame)) return true;
    }
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
    this.#sumUp();
  }

  /** Whether the window's start holds a whole block; a length that cannot be begins a search. */
  #canTake(): Answer {
    const window = this.#window;
    const at = window.start;
    if (at + SMALLEST_BLOCK > window.end) return MORE;
    const { view } = window;
    if (view.getUint32(at, true) === SECTION_HEADER) this.#little = sectionIsLittle(view, at) ?? this.#little;
    const type = view.getUint32(at, this.#little);
    const length = view.getUint32(at + LENGTH_AT, this.#little);
    if (!isPossibleLength(type, length))
      return this.#doubt(`claims a block of ${length} bytes, which cannot be`, false);
    if (at + length > window.end) return this.#isCut(type, length);
    if (view.getUint32(at + length - TRAILER_LENGTH, this.#little) === length) return YES;
    return this.#doubt(`claims a block of ${length} bytes, which its end does not confirm`, false);
  }

  /** A block that is not all there: to be waited for, or the tail. Only a packet's tail that makes sense is merely cut. */
  #isCut(type: number, length: number): Answer {
    const { view, start, end, ended } = this.#window;
    if (!ended || this.#doubtfulTail) return MORE;
    const hasFields = start + PACKET_FIELDS_LENGTH <= end;
    if (isPacketType(type) && (!hasFields || this.#packet.fits(view, start, length, type, this.#little)))
      return MORE;
    return this.#doubt(`claims a block of ${length} bytes, more than the file has`, true);
  }

  #doubt(claim: string, tail: boolean): typeof NO {
    this.#damage.begin(this.frames + 1, this.#window.position(this.#window.start), claim);
    this.#doubtfulTail = tail;
    return NO;
  }

  /** Goes on to the next place where blocks begin, if the window holds one. */
  #found(): boolean {
    if (!seek(this.#window, (at) => blockBeginsAt(this.#window, at, this.#little))) return false;
    this.#damage.resumed(this.#window.position(this.#window.start));
    return true;
  }

  /** Takes the block at the window's start; true when it gave a frame that was asked for. */
  #take(frame: Frame): boolean {
    const window = this.#window;
    const { view, start: at } = window;
    const type = view.getUint32(at, this.#little);
    const length = view.getUint32(at + LENGTH_AT, this.#little);
    window.start = at + length;
    if (this.#inNewerSection && type !== SECTION_HEADER) return false;
    if (isPacketType(type)) return this.#takePacket(frame, at, length, type);
    const end = at + length - TRAILER_LENGTH;
    if (type === SECTION_HEADER) this.#startSection(view, at, end);
    else if (type === INTERFACE_DESCRIPTION) this.#interfaces.add(view, at, end, this.#little);
    else if (type === INTERFACE_STATISTICS && at + SMALLEST_BLOCK < end)
      this.#interfaces.noteStatistics(
        view.getUint32(at + INTERFACE_AT, this.#little),
        view,
        at,
        end,
        this.#little,
      );
    return false;
  }

  /** Sections of a version that is not known are passed over, as the draft asks (4.1). */
  #startSection(view: DataView, at: number, end: number): void {
    this.#interfaces.startSection();
    this.#inNewerSection = at + MINOR_AT <= end && view.getUint16(at + MAJOR_AT, this.#little) !== VERSION;
    if (this.#inNewerSection) this.#newerSections += 1;
  }

  #takePacket(frame: Frame, at: number, length: number, type: number): boolean {
    const window = this.#window;
    const packet = this.#packet;
    this.frames += 1;
    const readable = packet.read(window.view, at, length, type, this.#little);
    const from = readable ? this.#interfaces.get(packet.interface) : undefined;
    if (from === undefined) {
      this.#unknownInterface += 1;
      return false;
    }
    if (!from.wanted) return false;
    if (packet.captured > packet.room) this.#oversold += 1;
    if (!packet.hasTime && from.snapLength > 0) packet.captured = Math.min(packet.captured, from.snapLength);
    frame.number = this.frames;
    frame.time = this.#timeOf(packet, from.unit);
    frame.bytes = window.bytes;
    frame.at = packet.dataAt;
    frame.capturedLength = Math.min(packet.captured, packet.room);
    frame.originalLength = Math.max(frame.capturedLength, packet.original);
    frame.linkType = from.linkType;
    frame.direction = packet.direction(window.view, this.#little);
    frame.byteOffset = window.position(at);
    return true;
  }

  /** A frame without a time has that of the frame before it. */
  #timeOf(packet: PacketFields, unit: TimeUnit): number {
    if (!packet.hasTime) {
      this.#untimed += 1;
      return this.#lastTime;
    }
    unit.read(packet.timeHigh, packet.timeLow);
    this.#lastTime = this.#timeLine.since(unit.seconds, unit.nanoseconds);
    return this.#lastTime;
  }

  #sumUp(): void {
    const sums: readonly (readonly [count: number, code: string, what: string])[] = [
      [
        this.#untimed,
        'no-times',
        'frames have no time stamp (simple packet blocks); they get that of the frame before them',
      ],
      [
        this.#oversold,
        'impossible-length',
        'frames claim more bytes than their blocks hold; what is there was read',
      ],
      [
        this.#unknownInterface,
        'unknown-interface',
        'frames of an interface that the capture does not describe were passed over',
      ],
      [this.#newerSections, 'unknown-version', 'sections of an unknown version of pcapng were passed over'],
      [this.dropsReported ?? 0, 'drops-reported', DROPS],
    ];
    for (const [count, code, what] of sums) {
      if (count > 0)
        this.#warnings.push({ code, message: `${count} ${what}`, frame: null, byteOffset: null });
    }
  }
}
