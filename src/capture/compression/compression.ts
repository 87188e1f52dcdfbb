import type { ByteSource } from '../source.js';

/** One compression: how it is recognised, and how its content is streamed in bounded memory. */
export interface Compression {
  readonly name: string;
  /** Whether bytes begin with its magic. */
  recognises(head: Uint8Array): boolean;
  /**
   * The content, a piece at a time; a piece is never larger than memory allows, whatever the bytes say.
   * @throws DamagedStream where it cannot go on
   */
  inflate(source: ByteSource): AsyncGenerator<Uint8Array, void, undefined>;
}
