import type { PolicyCheck } from '../../result.js';
import { seconds } from '../text/units.js';
import { policyWords } from '../text/wording.js';

/** What was expected, what was seen, and which setting won. */
export function PolicyReasons({ check }: { check: PolicyCheck | null }) {
  if (check === null) return null;
  const { status, expected, observed, rule, text, effectiveTimeout } = check;
  return (
    <div class={`policy p-${status}`}>
      <h3>Policy: {policyWords(status)}</h3>
      <p>{text}</p>
      <dl>
        <div>
          <dt>Expected</dt>
          <dd>{expected}</dd>
        </div>
        <div>
          <dt>Observed</dt>
          <dd>{observed}</dd>
        </div>
        <div>
          <dt>Rule</dt>
          <dd>
            <code>{rule}</code>
          </dd>
        </div>
      </dl>
      {effectiveTimeout === undefined || effectiveTimeout.settings.length === 0 ? null : (
        <ul>
          {effectiveTimeout.settings.map(({ name, seconds: value, won, because }) => (
            <li key={name}>
              {won ? <b>{`✓ ${name}`}</b> : name}
              {value === null ? '' : `, ${seconds(value)}`}: {because}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
