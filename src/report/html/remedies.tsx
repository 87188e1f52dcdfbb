import type { Finding } from '../../result.js';

/** What to do about it; where nothing decided, what would. */
export function Remedies({ finding }: { finding: Finding }) {
  const { remedy, class: verdict } = finding;
  if (remedy.length === 0) return null;
  return (
    <>
      <h3>{verdict === 'undetermined' ? 'What would decide it' : 'What to do'}</h3>
      <ul class="remedies">
        {remedy.map(({ text, command }) => (
          <li key={text}>
            {text}
            {command === null ? null : (
              <pre>
                <code>{command}</code>
              </pre>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
