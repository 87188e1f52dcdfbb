import type { Result } from '../../result.js';
import { keepaliveText, timeoutRange } from '../text/inferred.js';
import { plural } from '../text/units.js';

/** What the captures alone say of the timers: of the load balancer's, and of those that keep connections alive. */
export function Inferred({ result }: { result: Result }) {
  const { idleTimeouts, keepalives = [] } = result.inferred;
  const known = idleTimeouts.filter(({ upperSeconds }) => upperSeconds !== null);
  if (known.length === 0 && keepalives.length === 0) return null;
  return (
    <section aria-labelledby="timers-title">
      <h2 id="timers-title">Timers seen</h2>
      {known.map((timeout) => {
        const { frontend, samples, candidates, timerText } = timeout;
        return (
          <p class="key" key={`${frontend.ip} ${frontend.port}`}>
            {`What the captures alone say of ${frontend.ip} port ${frontend.port}: an idle timeout of ${timeoutRange(timeout)} (${plural(samples, 'sample')})${
              candidates.length > 0 ? `, which fits ${candidates.join(', ')}` : ''
            }${timerText === undefined ? '' : `; ${timerText}`}.`}
          </p>
        );
      })}
      {keepalives.map((keepalive, i) => (
        <p class="key" key={i}>{`${sentence(keepaliveText(keepalive))}.`}</p>
      ))}
    </section>
  );
}

function sentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
