import { type Answer, MORE, NO, YES } from '../search.js';
import type { ByteWindow } from '../window.js';
import { LENGTHS_BY_SIZE, LENGTHS_IN_ORDER, type PcapHeader } from './header.js';
import type { PcapVariant } from './variants.js';

/** The largest frame that a writer stores for a link type that carries IP (MAXIMUM_SNAPLEN, pcap-int.h). */
export const LARGEST_RECORD = 0x4_0000;
/** The largest IP packet with room for headers around it: what claims more has to fit what follows it. */
export const LARGEST_ORDINARY_RECORD = 65_535 + 256;
const NANOSECONDS_PER_SECOND = 1_000_000_000;
/** Records in a row that have to make sense before one is believed to be found again: near in time to the last, or not. */
const CHAIN_NEAR = 2;
const CHAIN = 3;
/** Seconds that lie between two records at most, for the second to be believed: 30 days. */
const NEAR_IN_TIME = 30 * 86_400;

// A record header: draft-ietf-opsawg-pcap, 5.
export const FRACTION_AT = 4;
const FIRST_LENGTH_AT = 8;
const SECOND_LENGTH_AT = 12;

/** How the records of one capture are laid out, and whether something can be one of them. */
export class PcapRecords {
  readonly headerLength: number;
  /** The second field holds less than this many units. */
  readonly #fractions: number;

  constructor(
    private readonly window: ByteWindow,
    private readonly header: PcapHeader,
    readonly variant: PcapVariant,
  ) {
    this.headerLength = variant.recordHeaderLength;
    this.#fractions = NANOSECONDS_PER_SECOND / variant.fractionUnit;
  }

  capturedLength(at: number): number {
    return this.window.view.getUint32(
      this.#swapped(at) ? at + SECOND_LENGTH_AT : at + FIRST_LENGTH_AT,
      this.header.little,
    );
  }

  originalLength(at: number): number {
    return this.window.view.getUint32(
      this.#swapped(at) ? at + FIRST_LENGTH_AT : at + SECOND_LENGTH_AT,
      this.header.little,
    );
  }

  /** Whether the header at `at`, all of which is in the window, makes sense. */
  makesSense(at: number, near: number | null): boolean {
    const captured = this.capturedLength(at);
    const original = this.originalLength(at);
    if (captured === 0 || captured > original || original > LARGEST_RECORD) return false;
    const { view } = this.window;
    if (view.getUint32(at + FRACTION_AT, this.header.little) >= this.#fractions) return false;
    return near === null || Math.abs(view.getUint32(at, this.header.little) - near) <= NEAR_IN_TIME;
  }

  /** Whether what ends at `end` is followed by a record, or by nothing. */
  isFollowed(end: number, near: number): Answer {
    const { window } = this;
    if (end + this.headerLength <= window.end) return this.makesSense(end, near) ? YES : NO;
    if (!window.ended) return MORE;
    return end <= window.end ? YES : NO;
  }

  /** Whether records begin at `at`: a few that make sense in a row, or fewer that reach the end exactly. */
  beginAt(at: number, near: number | null): Answer {
    const { window } = this;
    const needed = near === null ? CHAIN : CHAIN_NEAR;
    for (let count = 0; count < needed; count += 1) {
      if (count > 0 && at === window.end && window.ended) return YES;
      if (at + this.headerLength > window.end) return this.#atTheEnd(count);
      if (!this.makesSense(at, near)) return NO;
      at += this.headerLength + this.capturedLength(at);
    }
    return YES;
  }

  /** The last record may be cut: two before it are asked for then. */
  #atTheEnd(count: number): Answer {
    if (!this.window.ended) return MORE;
    return count > 1 ? YES : NO;
  }

  #swapped(at: number): boolean {
    const { lengthOrder, little } = this.header;
    if (lengthOrder === LENGTHS_IN_ORDER) return false;
    if (lengthOrder !== LENGTHS_BY_SIZE) return true;
    const { view } = this.window;
    return view.getUint32(at + FIRST_LENGTH_AT, little) > view.getUint32(at + SECOND_LENGTH_AT, little);
  }
}

/** Records that are looked at to tell variants apart that share a magic number. */
const TRIED_RECORDS = 3;

/** The likeliest layout, unless the first records contradict it and bear out another one. */
export function chooseRecords(window: ByteWindow, header: PcapHeader): PcapRecords {
  const candidates = header.variants.map((variant) => new PcapRecords(window, header, variant));
  const likeliest = candidates[0] as PcapRecords;
  if (sensibleRecords(likeliest, window) !== CONTRADICTED) return likeliest;
  return candidates.find((records) => sensibleRecords(records, window) >= BORNE_OUT) ?? likeliest;
}

const CONTRADICTED = -1;
/** Layouts differ only in where the second record is. */
const BORNE_OUT = 2;

/** How many of the first records make sense, as far as the window holds them; -1 when one does not. */
function sensibleRecords(records: PcapRecords, window: ByteWindow): number {
  let at = window.start + records.variant.fileHeaderLength;
  let sensible = 0;
  for (let count = 0; count < TRIED_RECORDS && at + records.headerLength <= window.end; count += 1) {
    const captured = records.capturedLength(at);
    // An empty record proves nothing for or against a layout.
    if (captured > 0 && !records.makesSense(at, null)) return CONTRADICTED;
    if (captured > 0) sensible += 1;
    at += records.headerLength + captured;
  }
  return sensible;
}
