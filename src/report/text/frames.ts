import type { FrameRef } from '../../result.js';

/** Frame references grouped by vantage, in the order they came: `client #123 #125, server #99`, cut after `most`. */
export function frameList(frames: readonly FrameRef[], most: number): string {
  const byVantage = new Map<string, Set<string>>();
  for (const ref of frames) {
    const names = byVantage.get(ref.vantage) ?? new Set<string>();
    byVantage.set(ref.vantage, names.add(frameName(ref)));
  }
  const parts = [...byVantage].map(([vantage, names]) => `${vantage} ${nameList([...names], most)}`);
  return parts.join(', ');
}

/** A frame within its vantage: `#123`, or `file:123` where the capture consists of several files. */
export function frameName({ frame, file }: Pick<FrameRef, 'frame' | 'file'>): string {
  return file === undefined ? `#${frame}` : `${file}:${frame}`;
}

function nameList(names: readonly string[], most: number): string {
  const shown = names.slice(0, most);
  const left = names.length - shown.length;
  return left > 0 ? `${shown.join(' ')} and ${left} more` : shown.join(' ');
}
