import type { ReadWarning } from './reader.js';

/** Places of damage that are told one by one; a file that is all damage gets a sum instead of a flood. */
const MOST_TOLD = 10;

/** What became of the places where a capture contradicts itself, as warnings. */
export class DamageLog {
  readonly warnings: ReadWarning[] = [];
  #places = 0;
  #untoldBytes = 0;
  #open: { frame: number; byteOffset: number; claim: string } | null = null;

  /** True while the next readable record is being searched for. */
  get searching(): boolean {
    return this.#open !== null;
  }

  /** The place that is being searched from, in bytes. */
  get searchedFrom(): number {
    return this.#open?.byteOffset ?? 0;
  }

  /** Something impossible stands at `byteOffset`, where `frame` should be; `claim` says what. */
  begin(frame: number, byteOffset: number, claim: string): void {
    this.#open = { frame, byteOffset, claim };
  }

  /** The search ended at a readable record. */
  resumed(byteOffset: number): void {
    this.#close(byteOffset, 'up to the next readable record; Wireshark stops there, numbers go on here');
  }

  /** The search ended with the bytes. */
  lost(end: number): void {
    this.#close(end, 'to the end: nothing readable follows');
  }

  /** Forgets the place: it was no damage after all. */
  dismiss(): void {
    this.#open = null;
  }

  /** To be called last: sums up what was not told. */
  finish(): void {
    const untold = this.#places - MOST_TOLD;
    if (untold <= 0) return;
    const message = `${untold} more damaged places, where ${this.#untoldBytes} bytes were skipped`;
    this.warnings.push({ code: 'impossible-length', message, frame: null, byteOffset: null });
  }

  #close(end: number, how: string): void {
    const place = this.#open;
    if (place === null) return;
    this.#open = null;
    this.#places += 1;
    const { frame, byteOffset, claim } = place;
    const skipped = end - byteOffset;
    if (this.#places > MOST_TOLD) {
      this.#untoldBytes += skipped;
      return;
    }
    const message = `frame ${frame} at byte ${byteOffset} ${claim}; the file is damaged there, ${skipped} bytes were skipped ${how}`;
    this.warnings.push({ code: 'impossible-length', message, frame, byteOffset });
  }
}

/** The usual end of a capture whose writer was stopped in the middle of a record. */
export function truncated(frame: number, byteOffset: number, left: number): ReadWarning {
  const message = `the capture ends inside frame ${frame} (${left} bytes of it are left, at byte ${byteOffset}); everything before was analysed`;
  return { code: 'truncated', message, frame, byteOffset };
}
