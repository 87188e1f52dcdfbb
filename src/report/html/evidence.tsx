import type { EvidenceLine, Finding } from '../../result.js';
import { frameList } from '../text/frames.js';
import { claimWords } from '../text/reason.js';
import { classWords } from '../text/wording.js';
import { FULL_BAR } from './style.js';

const SIGNS: Record<EvidenceLine['effect'], { readonly mark: string; readonly word: string }> = {
  supports: { mark: '+', word: 'for' },
  contradicts: { mark: '−', word: 'against' },
  neutral: { mark: '○', word: 'open' },
};
const MOST_FRAMES = 8;

/** What speaks for and against the verdict, with its weight, and what else it could have been. */
export function Evidence({ finding }: { finding: Finding }) {
  const { evidence, alternatives, resets } = finding;
  const said = resets.find(({ payloadText }) => payloadText)?.payloadText;
  const claim = claimWords(finding);
  return (
    <>
      <h3>Evidence</h3>
      <ul class="evidence">
        {said ? <li class="supports">{`The RST says “${said.slice(0, 500)}”`}</li> : null}
        {claim === null ? null : <li class="neutral">{claim}</li>}
        {evidence.map((line) => (
          <Line key={line.id + line.text} line={line} />
        ))}
      </ul>
      {alternatives.length === 0 ? null : (
        <ul class="alternatives">
          {alternatives.map(({ class: name, subtype, text }) => (
            <li key={`${name}${subtype}`}>
              or <b>{classWords(name)}</b>: {text}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Line({ line: { effect, weight, text, frames } }: { line: EvidenceLine }) {
  const { mark, word } = SIGNS[effect];
  return (
    <li class={effect}>
      <b title={word}>{mark}</b> {text}
      {frames.length === 0 ? null : <span class="frames"> {frameList(frames, MOST_FRAMES)}</span>}
      {weight === 0 ? null : (
        <span class="weight">
          <i class={`w${Math.min(FULL_BAR, Math.round(Math.abs(weight)))}`} />
          {`${weight > 0 ? '+' : '−'}${Math.abs(weight).toFixed(1)} dB`}
        </span>
      )}
    </li>
  );
}
