import type { Finding, Result } from '../../result.js';
import { plural, seconds, secondsRange } from '../text/units.js';
import { Scroll } from './scroll.js';
import { ticks } from './time-scale.js';

const WIDTH = 1000;
const HEIGHT = 190;
const LEFT = 45;
const RIGHT = 45;
const TOP = 40;
const BOTTOM = 28;
const BINS = 60;
const MOST_TICKS = 8;
/** Room beyond the longest gap or timeout. */
const HEADROOM = 1.12;

interface Line {
  readonly at: number;
  readonly label: string;
}

/** How long connections had been idle before their event, against the timeouts that apply to them. */
export function Histogram({ result }: { result: Result }) {
  const known = result.findings.filter(({ idleSeconds }) => idleSeconds !== null);
  if (known.length === 0) return null;
  const lines = timeoutsOf(result);
  const longest = Math.max(
    ...known.map(({ idleSeconds }) => idleSeconds ?? 0),
    ...lines.map(({ at }) => at),
    1e-3,
  );
  const length = longest * HEADROOM;
  const bins = binned(known, length);
  const most = Math.max(...bins.map(({ timer, other }) => timer + other));
  const x = (at: number) => LEFT + (at / length) * (WIDTH - LEFT - RIGHT);
  const high = (n: number) => (n / most) * (HEIGHT - TOP - BOTTOM);
  const floor = HEIGHT - BOTTOM;
  const bar = (WIDTH - LEFT - RIGHT) / BINS;
  return (
    <section aria-labelledby="idle-title">
      <h2 id="idle-title">Idle time before the event</h2>
      <Scroll label="Idle time before each finding">
        <svg
          class="histogram"
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          role="img"
          aria-label={labelOf(known, lines)}
        >
          <path class="axis" d={`M${LEFT} ${floor}H${WIDTH - RIGHT}`} />
          {ticks(length, MOST_TICKS).map((at) => (
            <text key={at} x={x(at)} y={HEIGHT - 8} class="m">
              {seconds(at).replace(/\.00 s$/, ' s')}
            </text>
          ))}
          {lines.map(({ at, label }, i) => (
            <g key={label} class="timeout">
              <path d={`M${x(at)} ${TOP - 18}V${floor}`} />
              <text x={x(at)} y={12 + (i % 2) * 12} class={x(at) > WIDTH / 2 ? 'e' : ''}>
                {label}
              </text>
            </g>
          ))}
          {bins.map(({ timer, other }, i) =>
            timer + other === 0 ? null : (
              <g key={bar * i}>
                <title>{`${plural(timer + other, 'finding')} between ${seconds((i * length) / BINS)} and ${seconds(((i + 1) * length) / BINS)}`}</title>
                <rect
                  class="t-lb-idle-timeout"
                  x={LEFT + i * bar + 1}
                  y={floor - high(timer)}
                  width={bar - 2}
                  height={high(timer)}
                />
                <rect
                  class="t-undetermined"
                  x={LEFT + i * bar + 1}
                  y={floor - high(timer + other)}
                  width={bar - 2}
                  height={high(other)}
                />
                <text class="m over" x={LEFT + (i + 0.5) * bar} y={floor - high(timer + other) - 5}>
                  {timer + other}
                </text>
              </g>
            ),
          )}
        </svg>
      </Scroll>
      <p class="key">
        <span class="verdict t-lb-idle-timeout">
          <i />
          ended by the idle timer
        </span>
        <span class="verdict t-undetermined">
          <i />
          ended otherwise
        </span>
      </p>
    </section>
  );
}

/** The timeouts that the configuration gives the flows here, each once. */
function timeoutsOf({ findings }: Result): Line[] {
  const known = findings.flatMap(({ policyCheck }) => policyCheck?.effectiveTimeout?.seconds ?? []);
  return [...new Set(known)]
    .sort((a, b) => a - b)
    .map((at) => ({ at, label: `effective timeout ${seconds(at)}` }));
}

function binned(findings: readonly Finding[], length: number) {
  const bins = Array.from({ length: BINS }, () => ({ timer: 0, other: 0 }));
  for (const finding of findings) {
    const bin = bins[Math.min(BINS - 1, Math.floor(((finding.idleSeconds ?? 0) / length) * BINS))];
    if (finding.class === 'lb-idle-timeout') bin.timer += 1;
    else bin.other += 1;
  }
  return bins;
}

function labelOf(findings: readonly Finding[], lines: readonly Line[]): string {
  const gaps = findings.map(({ idleSeconds }) => idleSeconds ?? 0).sort((a, b) => a - b);
  const against = lines.map(({ label }) => label).join(', ');
  return `Idle for ${secondsRange(gaps[0], gaps[gaps.length - 1])} before ${plural(findings.length, 'finding')}${against === '' ? '' : `; ${against}`}`;
}
