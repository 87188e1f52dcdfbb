import type { Finding } from '../../result.js';
import { confidenceWords, policyWords, verdictWords } from '../text/wording.js';

/** The colour of a verdict, by its class name in the style. Words say the same beside it. */
export function toneOf({ kind, class: name }: Pick<Finding, 'kind' | 'class'>): string {
  if (kind === 'silent-drop') return 't-drop';
  return `t-${name ?? 'undetermined'}`;
}

/** What happened, with a dot in the colour of its class. */
export function Verdict({ finding }: { finding: Finding }) {
  return (
    <span class={`verdict ${toneOf(finding)}`}>
      <i />
      {verdictWords(finding)}
    </span>
  );
}

/** What the policy says, or without one, whether it did harm. */
export function Standing({ finding }: { finding: Finding }) {
  const { policyCheck, impact } = finding;
  if (policyCheck === null) return <span class={`chip i-${impact}`}>{impact}</span>;
  const mark = { conforms: '✓ ', violates: '✗ ', 'not-covered': '', inconclusive: '? ' }[policyCheck.status];
  return <span class={`chip p-${policyCheck.status}`}>{mark + policyWords(policyCheck.status)}</span>;
}

/** How sure; a dash where nothing was decided. */
export function Confidence({ finding }: { finding: Finding }) {
  return <>{confidenceWords(finding)}</>;
}
