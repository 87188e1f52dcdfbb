import type { InferredKeepalive, InferredTimeout } from '../../result.js';
import { address, plural, seconds, secondsRange } from './units.js';

/** `200.10 s to 240.20 s`, or what else the gaps leave of an idle timeout. */
export function timeoutRange({ lowerSeconds: lower, upperSeconds: upper }: InferredTimeout): string {
  if (lower !== null && upper !== null) return secondsRange(lower, upper);
  if (lower !== null) return `longer than ${seconds(lower)}`;
  return upper === null ? 'unknown' : `at most ${seconds(upper)}`;
}

/** What the gaps say of one frontend's idle timer. */
export function timeoutText(timeout: InferredTimeout): string {
  const { frontend, samples, candidates, timer, timerText } = timeout;
  const known = candidates.length > 0 ? `; fits ${candidates.join(', ')}` : '';
  const kind = timerText === undefined || timer === 'unknown' ? '' : `; ${timerText}`;
  return `idle timeout at ${address(frontend)}: ${timeoutRange(timeout)} (${plural(samples, 'sample')})${known}${kind}`;
}

/** `keepalives of 10.0.0.5 (server capture): first after 5 s (5.12 s seen), then every 2 s (2.01 s seen), up to 3 probes`. */
export function keepaliveText(keepalive: InferredKeepalive): string {
  const { endpoint, vantage, probes, samples } = keepalive;
  const parts = [
    timerPart('first after', keepalive.timeSeconds, keepalive.likelyTimeSeconds),
    timerPart('then every', keepalive.intervalSeconds, keepalive.likelyIntervalSeconds),
    probes === null ? [] : [`gives up after ${plural(probes, 'probe')}`],
  ].flat();
  return `keepalives of ${endpoint.ip} (${vantage} capture): ${parts.join(', ')} (${plural(samples, 'sample')})`;
}

function timerPart(words: string, seen: number | null, likely: number | null): string[] {
  if (seen === null) return [];
  return [likely === null ? `${words} ${seconds(seen)}` : `${words} ${likely} s (${seconds(seen)} seen)`];
}
