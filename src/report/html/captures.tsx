import type { CaptureSummary, Result } from '../../result.js';
import { clockOf, count, dayOf, seconds } from '../text/units.js';

/** What was read, how the two sides fit together, and what to know before believing the rest. */
export function Captures({ result }: { result: Result }) {
  const { captures, policy } = result;
  const warnings = captures.flatMap(({ vantage, warnings: list }) =>
    list.map(({ message, frame }) => `${vantage}: ${message}${frame === null ? '' : ` (frame ${frame})`}`),
  );
  return (
    <section class="cards" aria-label="Captures">
      {captures.map((capture) => (
        <Capture key={capture.vantage} capture={capture} />
      ))}
      <div class="card">
        <h3>Together</h3>
        <dl>
          <Fact name="Paths" value={pathsText(result)} />
          <Fact name="Clocks" value={clockText(result)} />
          <Fact
            name="Policy"
            value={policy === null ? 'none given' : `${policy.model} from ${policy.source}`}
          />
        </dl>
      </div>
      <Warnings texts={[...warnings, ...(policy?.problems ?? [])]} />
    </section>
  );
}

function Capture({ capture }: { capture: CaptureSummary }) {
  const { vantage, path, frames, connections, resetSegments, firstTime, lastTime } = capture;
  return (
    <div class="card">
      <h3>{vantage === 'client' ? 'Client side' : vantage === 'server' ? 'Server side' : vantage}</h3>
      <p class="file">{path}</p>
      <dl>
        <Fact name="Frames" value={count(frames)} />
        <Fact name="Connections" value={count(connections)} />
        <Fact name="RSTs" value={count(resetSegments)} />
        <Fact name="Time" value={spanText(firstTime, lastTime)} />
      </dl>
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Warnings({ texts }: { texts: readonly string[] }) {
  if (texts.length === 0) return null;
  return (
    <ul class="warnings" aria-label="Warnings">
      {texts.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}

function spanText(first: string | null, last: string | null): string {
  if (first === null || last === null) return 'no frames';
  return `${dayOf(first)} ${clockOf(first)} to ${clockOf(last)} UTC`;
}

function pathsText({ captures, pairing }: Result): string {
  if (captures.length < 2) return 'one side only';
  const { client, server } = pairing.unpaired;
  const alone = client + server;
  return `${count(pairing.paths)} on both sides${alone > 0 ? `, ${count(alone)} on one` : ''}`;
}

function clockText({ clock }: Result): string {
  if (clock === null) return 'offset unknown';
  const { offsetSeconds, uncertaintySeconds } = clock;
  const way = offsetSeconds < 0 ? 'behind' : 'ahead of';
  return `server ${seconds(Math.abs(offsetSeconds))} ${way} client, ± ${seconds(uncertaintySeconds)}`;
}
