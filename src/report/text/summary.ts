import type { Finding, Result } from '../../result.js';
import { plural } from './units.js';
import { verdictWords } from './wording.js';

/** The whole report in one line. */
export function summaryLine(result: Result): string {
  const { findings, summary } = result;
  if (findings.length === 0) return nothingFound(result);
  const head = `${plural(findings.length, 'finding')}, ${plural(summary.resets, 'reset')}: ${tally(findings)}`;
  return `${head}; ${policySentence(result)}`;
}

function nothingFound({ captures }: Result): string {
  const resets = captures.reduce((sum, { resetSegments }) => sum + resetSegments, 0);
  if (resets > 0)
    return `no findings: ${plural(resets, 'RST')} in the captures, none in the connections asked for`;
  const most = Math.max(0, ...captures.map(({ connections }) => connections));
  const frames = captures.reduce((sum, capture) => sum + capture.frames, 0);
  return `no findings: ${plural(most, 'connection')} in ${plural(frames, 'frame')}, none reset, none dropped silently`;
}

function policySentence({ policy, summary }: Result): string {
  if (policy === null) return 'no policy to check against';
  if (summary.violations === 0) return 'nothing violates the policy';
  return `${summary.violations} ${summary.violations === 1 ? 'violates' : 'violate'} the policy`;
}

/** `14 LB idle timeout, 1 silent drop`, the most frequent first. */
function tally(findings: readonly Finding[]): string {
  const counts = new Map<string, number>();
  for (const finding of findings) {
    const words = verdictWords(finding);
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  return sorted.map(([words, n]) => `${n} ${words}`).join(', ');
}
