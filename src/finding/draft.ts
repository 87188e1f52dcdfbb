import type { Finding } from '../result.js';

/** A finding that has its place in time, and gets its number when all have theirs. */
export interface Draft {
  /** On the client's time line, in nanoseconds. */
  readonly time: number;
  /** Decides between findings of the same moment. */
  readonly frame: number;
  make(id: string): Finding;
}

/** Findings in order of time, numbered. */
export function numbered(drafts: readonly Draft[]): Finding[] {
  return [...drafts]
    .sort((a, b) => a.time - b.time || a.frame - b.frame)
    .map((draft, i) => draft.make(`F${i + 1}`));
}
