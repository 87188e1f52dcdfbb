import type { CheckLevel } from '../../words.js';

/** Which part of the tool decides a check; `undecidable` is what captures and configurations do not show. */
export type DecidedBy = 'policy' | 'exposure' | 'verdict' | 'configuration' | 'undecidable';

/** One check that a pair of captures, a configuration, or both may decide. */
export interface CatalogueEntry {
  /** Its place in docs/lb.md. */
  readonly number: number;
  /** Id that a finding cites. */
  readonly id: string;
  readonly level: CheckLevel;
  /** What it says, for a reader. */
  readonly documentation: string;
  readonly decidedBy: DecidedBy;
  /** Where it is decided, or why it cannot be. */
  readonly how: string;
  /** A public page or source that it rests on. */
  readonly source: string;
}
