import type { Policy } from './model.js';
import type { Preset } from './preset.js';

/** A configuration file, read and parsed but not yet understood. */
export interface ConfigDocument {
  /** The file as the user named it, for messages. */
  readonly name: string;
  readonly value: unknown;
}

/** What the registry knows of one load balancer product. */
export interface Product {
  /** Product id, which is also the name of its preset. */
  readonly id: string;
  /** Idle timeout of an established TCP flow that nobody configured, in seconds; null where there is none. */
  readonly defaultSeconds: number | null;
  /** Keys that the preset accepts after the colon. */
  readonly presetKeys: readonly string[];
  /** The documents that `recognises` accepts, in a user's words. */
  readonly understands: readonly string[];
  /** @throws InputError when an option has a value that it cannot have */
  preset(preset: Preset): Policy;
  /** Whether a document is this product's, judged by its content alone. */
  recognises(document: ConfigDocument): boolean;
  /**
   * The policy that documents describe together, in any order.
   * @throws InputError in one line with file, key path and what was expected
   */
  build(documents: readonly ConfigDocument[]): Promise<Policy>;
}
