/** Column kinds: unsigned integers by width, a signed 32-bit integer, a double. */
const ARRAYS = {
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  i32: Int32Array,
  f64: Float64Array,
} as const;

type Kind = keyof typeof ARRAYS;
export type Schema = Readonly<Record<string, Kind>>;
export type Columns<S extends Schema> = {
  -readonly [Name in keyof S]: InstanceType<(typeof ARRAYS)[S[Name]]>;
};

/**
 * A table kept as a struct of arrays: rows cost their bytes and nothing else, and the arrays can be handed to
 * another thread or written to a file as they are. `columns` holds new arrays after growth: read them anew.
 */
export class Table<S extends Schema> {
  readonly columns: Columns<S>;
  /** Rows in use. */
  length = 0;
  #capacity: number;
  readonly #names: readonly (keyof S & string)[];

  constructor(
    readonly schema: S,
    capacity: number,
  ) {
    this.#capacity = capacity;
    this.#names = Object.keys(schema);
    this.columns = Object.fromEntries(
      this.#names.map((name) => [name, new ARRAYS[schema[name] as Kind](capacity)]),
    ) as unknown as Columns<S>;
  }

  /** Adds `count` rows of zeros and returns the index of the first. */
  append(count = 1): number {
    const first = this.length;
    this.length += count;
    if (this.length > this.#capacity) this.#grow(Math.max(this.length, this.#capacity * 2));
    return first;
  }

  /** Copies one row of a table with the same schema. */
  copyRow(from: Table<S>, fromRow: number, toRow: number): void {
    for (const name of this.#names) this.columns[name][toRow] = from.columns[name][fromRow];
  }

  /** Sets every column of one row to zero. */
  clearRow(row: number): void {
    for (const name of this.#names) this.columns[name][row] = 0;
  }

  #grow(capacity: number): void {
    for (const name of this.#names) {
      const larger = new ARRAYS[this.schema[name] as Kind](capacity);
      larger.set(this.columns[name] as never);
      this.columns[name] = larger as Columns<S>[typeof name];
    }
    this.#capacity = capacity;
  }
}
