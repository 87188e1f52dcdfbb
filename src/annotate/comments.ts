import { escapeForTerminal } from '../report/escape.js';
import { actorWords, confidenceWords, verdictWords } from '../report/text/wording.js';
import type { Finding, FrameRef } from '../result.js';

/** Comments by the number of their frame. */
export type Comments = ReadonlyMap<number, string>;

const MOST_FINDINGS = 8;

/** What to write on each frame that findings cite, in one file of a vantage: absent where the vantage is one file. */
export function commentsFor(
  findings: readonly Finding[],
  vantage: FrameRef['vantage'],
  file: string | undefined,
): Comments {
  const lines = new Map<number, string[]>();
  for (const finding of findings)
    for (const [frame, texts] of saidOf(finding, vantage, file)) {
      const list = lines.get(frame) ?? [];
      lines.set(frame, list);
      list.push([titleOf(finding), ...texts].join(' · '));
    }
  return new Map([...lines].map(([frame, list]) => [frame, join(list)]));
}

/** What one finding says of each of its frames: that it is its reset, and what it is evidence of. */
function saidOf(
  { resets, evidence }: Finding,
  vantage: FrameRef['vantage'],
  file: string | undefined,
): Map<number, string[]> {
  const isHere = (ref: FrameRef) => ref.vantage === vantage && ref.file === file;
  const shown = new Map<number, Set<string>>();
  for (const { text, frames } of evidence)
    for (const { frame } of frames.filter(isHere))
      shown.set(frame, (shown.get(frame) ?? new Set()).add(text));
  const said = new Map<number, string[]>();
  for (const { frame, duplicateOf } of resets.filter(isHere))
    said.set(frame, [duplicateOf === undefined ? 'its RST' : 'its RST, recorded again']);
  for (const [frame, texts] of shown)
    said.set(frame, [...(said.get(frame) ?? []), `evidence: ${[...texts].join('; ')}`]);
  return said;
}

function titleOf(finding: Finding): string {
  const confidence = finding.class === 'undetermined' ? null : confidenceWords(finding);
  return [finding.id, verdictWords(finding), actorWords(finding), confidence].filter(Boolean).join(' · ');
}

function join(list: readonly string[]): string {
  const left = list.length - MOST_FINDINGS;
  const shown = list.slice(0, MOST_FINDINGS).map(escapeForTerminal);
  return [...shown, ...(left > 0 ? [`and ${left} more findings`] : [])].join('\n');
}
