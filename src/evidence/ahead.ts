import { seqDiff } from '../wire/seq.js';

/**
 * Numbers further on than this are those of another connection of the same ports, whose SYN was not captured: for them
 * Linux counts on by 64 ns a step (net/core/secure_seq.c), which is as far within a second.
 */
const MOST_AHEAD = 2 ** 23;

/** Whether a sequence number comes after another one of the same connection. */
export function isAhead(number: number, of: number): boolean {
  const ahead = seqDiff(number, of);
  return ahead > 0 && ahead < MOST_AHEAD;
}
