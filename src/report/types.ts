import type { ChalkInstance } from 'chalk';
import type { Finding, Result } from '../result.js';

/** How much a report says: one line, what decided each finding, or everything that is known. */
export type Detail = 'summary' | 'normal' | 'all';

/** What a format has to know about the place where its text will be read, and about who reads it. */
export interface ReportOptions {
  /** Columns that a line may fill. */
  readonly width: number;
  /** Null means no colour at all. */
  readonly chalk: ChalkInstance | null;
  /** False where only ASCII can be shown. */
  readonly unicode: boolean;
  readonly detail: Detail;
  /** The findings that make the exit code 1: what a CI format calls a failure or an error. */
  readonly fails: (finding: Finding) => boolean;
}

/** A format: the report object in, the whole text out, nothing else touched. */
export type Reporter = (result: Result, options: ReportOptions) => string;
