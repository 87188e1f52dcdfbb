import {
  type Kind,
  offsetsOf,
  PAGE_MASK,
  PAGE_SHIFT,
  type Page,
  pageOver,
  type Schema,
  sizeOf,
} from './layout.js';

/** What a cursor walks over. */
export interface Pages {
  page(index: number): Page;
}

/** A place in a table: its fields are those of the row that it was moved to last. Off the hot path only. */
export type Cursor<S extends Schema> = RowCursor & { -readonly [Name in keyof S]: number };

/** Where a cursor is before it is moved. */
const NO_PAGE = pageOver(new ArrayBuffer(0));

/** The part of a cursor that every schema shares. */
export class RowCursor {
  page: Page = NO_PAGE;
  /** Byte of the page at which the row begins. */
  at = 0;

  constructor(
    private readonly pages: Pages,
    private readonly size: number,
  ) {}

  /** Moves to a row that exists. */
  moveTo(row: number): this {
    this.page = this.pages.page(row >>> PAGE_SHIFT);
    this.at = (row & PAGE_MASK) * this.size;
    return this;
  }

  /** Copies a row of the same schema that begins at byte `at` of a page. */
  copyFrom({ u32 }: Page, at: number): void {
    const to = this.page.u32;
    const shift = (this.at - at) >> 2;
    const end = (at + this.size) >> 2;
    for (let i = at >> 2; i < end; i += 1) to[i + shift] = u32[i];
  }
}

/** A cursor over the rows of `schema`. */
export function cursorOver<S extends Schema>(schema: S, pages: Pages): Cursor<S> {
  let make = CURSORS.get(schema);
  if (make === undefined) {
    make = cursorClass(schema);
    CURSORS.set(schema, make);
  }
  return new make(pages, sizeOf(schema)) as Cursor<S>;
}

/** One class a schema: all its cursors have the same shape, whoever asked for them. */
const CURSORS = new WeakMap<Schema, typeof RowCursor>();

function cursorClass(schema: Schema): typeof RowCursor {
  const made = class extends RowCursor {};
  const offsets = offsetsOf(schema);
  for (const [name, kind] of Object.entries(schema)) {
    Object.defineProperty(made.prototype, name, ACCESSORS[kind](offsets[name]));
  }
  return made;
}

type Accessors = (offset: number) => PropertyDescriptor & ThisType<RowCursor>;

/** Each kind has its own: with the kind as a variable, every access would look for the array by its name. */
const ACCESSORS: Readonly<Record<Kind, Accessors>> = {
  u8: (offset) => ({
    get() {
      return this.page.u8[this.at + offset];
    },
    set(value: number) {
      this.page.u8[this.at + offset] = value;
    },
  }),
  u16: (offset) => ({
    get() {
      return this.page.u16[(this.at >> 1) + offset];
    },
    set(value: number) {
      this.page.u16[(this.at >> 1) + offset] = value;
    },
  }),
  u32: (offset) => ({
    get() {
      return this.page.u32[(this.at >> 2) + offset];
    },
    set(value: number) {
      this.page.u32[(this.at >> 2) + offset] = value;
    },
  }),
  i32: (offset) => ({
    get() {
      return this.page.i32[(this.at >> 2) + offset];
    },
    set(value: number) {
      this.page.i32[(this.at >> 2) + offset] = value;
    },
  }),
  f64: (offset) => ({
    get() {
      return this.page.f64[(this.at >> 3) + offset];
    },
    set(value: number) {
      this.page.f64[(this.at >> 3) + offset] = value;
    },
  }),
};
