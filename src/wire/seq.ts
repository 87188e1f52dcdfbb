/**
 * Sequence numbers: 32-bit, compared by signed difference (RFC 9293, 3.4). No other file compares raw numbers.
 */

/** How far `a` lies ahead of `b`, from -2^31 to 2^31-1. */
export function seqDiff(a: number, b: number): number {
  return (a - b) | 0;
}

/** `seq` moved on by `count` bytes. */
export function seqAdd(seq: number, count: number): number {
  return (seq + count) >>> 0;
}

/** The later of two sequence numbers. */
export function seqMax(a: number, b: number): number {
  return seqDiff(a, b) >= 0 ? a : b;
}
