import type { ConfigDocument } from './document.js';
import type { Device, Ends } from './model.js';

/** What an importer makes of its documents. */
export interface Imported {
  /** In the order of the path. */
  readonly devices: readonly Device[];
  /** What the documents tell of the ends of the path. */
  readonly ends?: Ends;
}

/** One kind of configuration that people have. */
export interface Importer {
  readonly id: string;
  /** The documents that `recognises` accepts, in a user's words. */
  readonly understands: readonly string[];
  /** Whether a text has a form of its own, neither JSON nor YAML, that this importer reads. */
  readonly isText?: (text: string) => boolean;
  /** Whether a document is this importer's, judged by its content alone. */
  recognises(document: ConfigDocument): boolean;
  /**
   * The devices that documents describe together, in any order.
   * @throws InputError in one line with file, place and what was expected
   */
  build(documents: readonly ConfigDocument[]): Promise<Imported>;
}
