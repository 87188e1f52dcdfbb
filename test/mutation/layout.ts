/** A record or a block of a capture: where it begins and ends. */
export interface Piece {
  readonly at: number;
  readonly end: number;
}

/** How the bytes of a capture hang together, as far as they do. */
export interface Layout {
  /** What comes before the first piece: a file header, or nothing. */
  readonly headerLength: number;
  readonly pieces: readonly Piece[];
  /** Where 32-bit fields stand whose values a reader goes by: lengths, times, interfaces. */
  readonly fields: readonly number[];
  readonly little: boolean;
}

const PCAP_MAGICS = new Set([0xa1b2c3d4, 0xa1b23c4d, 0xa1b2cd34]);
const SECTION_HEADER = 0x0a0d0d0a;
const FILE_HEADER = 24;
const RECORD_HEADER = 16;
const SMALLEST_BLOCK = 12;
const WORD = 4;
/** Fields of a record header, and of the longest block header: words each. */
const RECORD_FIELDS = [0, 4, 8, 12];
const BLOCK_FIELDS = [0, 4, 8, 12, 16, 20, 24];

/** Finds the records or blocks of a capture; none in bytes that are neither pcap nor pcapng. */
export function layoutOf(bytes: Uint8Array): Layout {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < FILE_HEADER) return NONE;
  if (view.getUint32(0) === SECTION_HEADER) return blocksOf(view, view.getUint8(8) === 0x4d);
  const little = PCAP_MAGICS.has(view.getUint32(0, true));
  return little || PCAP_MAGICS.has(view.getUint32(0)) ? recordsOf(view, little) : NONE;
}

const NONE: Layout = { headerLength: 0, pieces: [], fields: [], little: true };

function recordsOf(view: DataView, little: boolean): Layout {
  const pieces: Piece[] = [];
  for (let at = FILE_HEADER; at + RECORD_HEADER <= view.byteLength; ) {
    const end = at + RECORD_HEADER + view.getUint32(at + 8, little);
    if (end > view.byteLength) break;
    pieces.push({ at, end });
    at = end;
  }
  const fields = pieces.flatMap(({ at }) => RECORD_FIELDS.map((field) => at + field));
  return { headerLength: FILE_HEADER, pieces, fields: [16, 20, ...fields], little };
}

function blocksOf(view: DataView, little: boolean): Layout {
  const pieces: Piece[] = [];
  for (let at = 0; at + SMALLEST_BLOCK <= view.byteLength; ) {
    const length = view.getUint32(at + WORD, little);
    if (length < SMALLEST_BLOCK || at + length > view.byteLength) break;
    pieces.push({ at, end: at + length });
    at += length;
  }
  const fields = pieces.flatMap(({ at, end }) => [
    ...BLOCK_FIELDS.map((field) => at + field).filter((field) => field + WORD <= end),
    end - WORD,
  ]);
  return { headerLength: 0, pieces, fields, little };
}
