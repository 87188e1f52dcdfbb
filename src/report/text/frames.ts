import type { FrameRef } from '../../result.js';

/** Frame references grouped by vantage, in the order they came: `client #123 #125, server #99`, cut after `most`. */
export function frameList(frames: readonly FrameRef[], most: number): string {
  const byVantage = new Map<string, Set<number>>();
  for (const { vantage, frame } of frames) {
    const numbers = byVantage.get(vantage) ?? new Set<number>();
    byVantage.set(vantage, numbers.add(frame));
  }
  const parts = [...byVantage].map(([vantage, numbers]) => `${vantage} ${numberList([...numbers], most)}`);
  return parts.join(', ');
}

function numberList(numbers: readonly number[], most: number): string {
  const shown = numbers.slice(0, most).map((frame) => `#${frame}`);
  const left = numbers.length - shown.length;
  return left > 0 ? `${shown.join(' ')} and ${left} more` : shown.join(' ');
}
