import { type Cursor, cursorOver } from './cursor.js';
import { PAGE_ROWS, type Page, pageOver, type Schema, sizeOf } from './layout.js';
import { SpillFile } from './spill-file.js';

/** Pages that stay in memory whatever the bound: the one that was visited last is being written to. */
const LEAST_RESIDENT = 2;

/** How many times the bound a table may have in memory once it is only read. */
const ROOM_TO_READ = 8;

/** What a table is outside its thread: its pages' buffers, to be transferred, and those that lie in its file. */
export interface DetachedTable {
  readonly length: number;
  readonly resident: readonly (readonly [index: number, buffer: ArrayBuffer])[];
  readonly file: number | null;
}

/**
 * A table of rows of numbers. A row's fields lie side by side, so that what is used together is fetched together, and
 * rows lie in pages, so that growing copies nothing. A table with a bound keeps so many pages in memory and the others
 * in a temporary file: the cursor is good until another row is visited.
 */
export class Table<S extends Schema> {
  /** Rows in use. */
  length = 0;
  readonly #pages: (Page | null)[] = [];
  readonly #pageBytes: number;
  #sealed = false;
  /** Pages that are in the file as they are. */
  readonly #saved: boolean[] = [];
  readonly #own: Cursor<S>;
  /** Indexes of the pages in memory, the longest there first; of a table without a bound none are noted. */
  readonly #resident: number[] = [];
  /** Pages that were visited since they were last considered for leaving. */
  readonly #visited: boolean[] = [];
  #file: SpillFile | null = null;
  /** A page that went to the file, to be used again: buffers are freed late, and there may be thousands. */
  #spare: Page | null = null;

  /**
   * @param bound bytes of rows that stay in memory; by default all of them do
   * @param detached what the table of another thread gave away; without it the table is empty
   */
  constructor(
    readonly schema: S,
    private bound = Number.POSITIVE_INFINITY,
    detached?: DetachedTable,
  ) {
    this.#pageBytes = PAGE_ROWS * sizeOf(schema);
    this.#own = cursorOver(schema, this);
    if (detached !== undefined) this.#attach(detached);
  }

  /** Gives everything away, for another thread to attach. */
  detach(): DetachedTable {
    const resident = [...this.#pages.entries()].flatMap(([index, page]) =>
      page === null ? [] : [[index, page.u8.buffer as ArrayBuffer] as const],
    );
    return { length: this.length, resident, file: this.#file?.handOver() ?? null };
  }

  /** The table's cursor, moved to `row`: there is one, so what is wanted of a row is taken before the next is visited. */
  at(row: number): Cursor<S> {
    return this.#own.moveTo(row);
  }

  /** Adds `count` rows of zeros and returns the index of the first. */
  append(count = 1): number {
    const first = this.length;
    this.length += count;
    while (this.#pages.length * PAGE_ROWS < this.length) this.#put(this.#pages.length, this.#newPage());
    return first;
  }

  /** To be called when nothing will be written any more: reading jumps about, and gets more room for it. */
  seal(): void {
    if (this.#sealed) return;
    this.#sealed = true;
    this.bound *= ROOM_TO_READ;
    for (const [index, page] of this.#pages.entries()) this.#saved[index] = page === null;
  }

  /** The indexes of the rows in use. */
  *rows(): Generator<number, void, undefined> {
    for (let row = 0; row < this.length; row += 1) yield row;
  }

  page(index: number): Page {
    this.#visited[index] = true;
    return this.#pages[index] ?? this.#load(index);
  }

  #newPage(): Page {
    const page = this.#spare;
    if (page === null) return pageOver(new ArrayBuffer(this.#pageBytes));
    this.#spare = null;
    page.u8.fill(0);
    return page;
  }

  #attach({ length, resident, file }: DetachedTable): void {
    this.length = length;
    if (file !== null) this.#file = new SpillFile(this.#pageBytes, file);
    for (let index = 0; index * PAGE_ROWS < length; index += 1) this.#pages.push(null);
    this.seal();
    for (const [index, buffer] of resident) {
      this.#saved[index] = false;
      this.#put(index, pageOver(buffer));
    }
  }

  #put(index: number, page: Page): void {
    this.#pages[index] = page;
    if (this.bound === Number.POSITIVE_INFINITY) return;
    this.#resident.push(index);
    this.#visited[index] = true;
    if (this.#resident.length > Math.max(LEAST_RESIDENT, this.bound / this.#pageBytes))
      this.#spill(this.#leastUsed());
  }

  /** A page that was not visited for a while: each that was is passed over once. */
  #leastUsed(): number {
    for (;;) {
      const index = this.#resident.shift() as number;
      if (!this.#visited[index]) return index;
      this.#visited[index] = false;
      this.#resident.push(index);
    }
  }

  #spill(index: number): void {
    this.#file ??= new SpillFile(this.#pageBytes);
    this.#spare = this.#pages[index] as Page;
    if (!this.#saved[index]) this.#file.write(index, this.#spare.u8);
    this.#saved[index] = this.#sealed;
    this.#pages[index] = null;
  }

  #load(index: number): Page {
    const page = this.#newPage();
    this.#file?.read(index, page.u8);
    this.#put(index, page);
    return page;
  }
}
