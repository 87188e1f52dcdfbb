/** Field kinds: unsigned integers by width, a signed 32-bit integer, a double; and the bytes that each takes. */
export const WIDTHS = { u8: 1, u16: 2, u32: 4, i32: 4, f64: 8 } as const;
/** Rows begin at multiples of this, so that every field of theirs is aligned. */
const ROW_ALIGNMENT = 8;

export type Kind = keyof typeof WIDTHS;
/** The fields of a row, each with its kind. */
export type Schema = Readonly<Record<string, Kind>>;

/** Rows in a page, a power of two. */
export const PAGE_ROWS = 1024;
export const PAGE_SHIFT = Math.log2(PAGE_ROWS);
export const PAGE_MASK = PAGE_ROWS - 1;

/** A run of rows in one buffer, seen as every kind of field. */
export interface Page {
  readonly u8: Uint8Array;
  readonly u16: Uint16Array;
  readonly u32: Uint32Array;
  readonly i32: Int32Array;
  readonly f64: Float64Array;
}

/** A buffer as a page. */
export function pageOver(buffer: ArrayBuffer): Page {
  return {
    u8: new Uint8Array(buffer),
    u16: new Uint16Array(buffer),
    u32: new Uint32Array(buffer),
    i32: new Int32Array(buffer),
    f64: new Float64Array(buffer),
  };
}

/**
 * Where each field of a row is, counted in its own width from the row's beginning: of a row that begins at byte `at`,
 * a u32 field is `u32[(at >> 2) + offset]`, a double `f64[(at >> 3) + offset]`. Taken apart into constants once a
 * module, which the compiler then folds.
 */
export function offsetsOf<S extends Schema>(schema: S): Readonly<Record<keyof S, number>> {
  return layoutOf(schema).offsets as Record<keyof S, number>;
}

/** Bytes of one row. */
export function sizeOf(schema: Schema): number {
  return layoutOf(schema).size;
}

/** Fields by falling width: aligned without gaps between them. */
function layoutOf(schema: Schema): { offsets: Record<string, number>; size: number } {
  const offsets: Record<string, number> = {};
  let end = 0;
  for (const [name, kind] of Object.entries(schema).sort(([, a], [, b]) => WIDTHS[b] - WIDTHS[a])) {
    offsets[name] = end / WIDTHS[kind];
    end += WIDTHS[kind];
  }
  return { offsets, size: Math.ceil(end / ROW_ALIGNMENT) * ROW_ALIGNMENT };
}
