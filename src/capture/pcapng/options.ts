// Options: draft-ietf-opsawg-pcapng, 3.5.
const END_OF_OPTIONS = 0;
const HEADER_LENGTH = 4;
const LENGTH_AT = 2;
/** Values are padded to words of 4 bytes. */
const PADDING = 3;

/** Where the value of an option lies in the view. */
export interface OptionValue {
  readonly at: number;
  readonly length: number;
}

/** The first option with `code` between `at` and `end`; null when there is none. Lengths that lie end the search. */
export function findOption(
  view: DataView,
  at: number,
  end: number,
  little: boolean,
  code: number,
): OptionValue | null {
  while (at + HEADER_LENGTH <= end) {
    const seen = view.getUint16(at, little);
    const length = view.getUint16(at + LENGTH_AT, little);
    const value = at + HEADER_LENGTH;
    if (seen === END_OF_OPTIONS || value + length > end) return null;
    if (seen === code) return { at: value, length };
    at = value + ((length + PADDING) & ~PADDING);
  }
  return null;
}

const text = new TextDecoder();

/** An option's value as text; null when it is not there. */
export function textOption(
  view: DataView,
  at: number,
  end: number,
  little: boolean,
  code: number,
): string | null {
  const option = findOption(view, at, end, little, code);
  if (option === null) return null;
  return text
    .decode(new Uint8Array(view.buffer, view.byteOffset + option.at, option.length))
    .replace(/\0+$/, '');
}
