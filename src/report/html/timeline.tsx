import type { CaptureSummary, Finding, Result } from '../../result.js';
import { clockOf, seconds } from '../text/units.js';
import { verdictWords } from '../text/wording.js';
import { toneOf } from './marks.js';
import { Scroll } from './scroll.js';
import { secondsBetween, ticks } from './time-scale.js';

const WIDTH = 1000;
const LEFT = 90;
const RIGHT = 45;
const ROW = 34;
const TOP = 14;
const MOST_TICKS = 8;
/** Findings this close to each other, in units of the drawing, stand above one another. */
const CLOSE = 9;
const LEVELS = 5;

/** Both captures on the client's clock, and every finding where it happened. */
export function Timeline({ result }: { result: Result }) {
  const spans = result.captures.flatMap((capture) => spanOf(capture, result));
  if (spans.length === 0 || result.findings.length === 0) return null;
  const start = Math.min(...spans.map(({ from }) => from));
  const end = Math.max(...spans.map(({ to }) => to));
  const length = Math.max(end - start, 1e-3);
  const x = (at: number) => LEFT + ((at - start) / length) * (WIDTH - LEFT - RIGHT);
  const base = result.captures.find(({ firstTime }) => firstTime !== null)?.firstTime ?? '';
  const marks = placed(result.findings, (finding) => x(secondsBetween(base, finding.time)));
  const findingsTop = TOP + spans.length * ROW;
  const levels = 1 + Math.max(...marks.map(({ level }) => level));
  const height = findingsTop + levels * CLOSE + 48;
  return (
    <section aria-labelledby="timeline-title">
      <h2 id="timeline-title">When</h2>
      <Scroll label="Timeline of both captures">
        <svg class="timeline" viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={labelOf(result)}>
          {spans.map(({ vantage, from, to }, i) => (
            <g key={vantage}>
              <text x={LEFT - 10} y={TOP + i * ROW + 15} class="e">
                {vantage}
              </text>
              <rect
                class="span"
                x={x(from)}
                y={TOP + i * ROW}
                width={Math.max(2, x(to) - x(from))}
                height="20"
                rx="4"
              />
            </g>
          ))}
          <text x={LEFT - 10} y={findingsTop + 24} class="e">
            findings
          </text>
          {ticks(length, MOST_TICKS).map((at) => (
            <g key={at} class="tick">
              <path d={`M${x(start + at)} ${TOP - 6}V${height - 22}`} />
              <text x={x(start + at)} y={height - 6} class="m">
                {at === 0 ? '0' : `+${shortSeconds(at)}`}
              </text>
            </g>
          ))}
          {marks.map(({ finding, at, level }) => (
            <a key={finding.id} href={`#${finding.id}`} tabIndex={-1}>
              <circle class={toneOf(finding)} cx={at.toFixed(1)} cy={findingsTop + 14 + level * CLOSE} r="5">
                <title>{`${finding.id} ${verdictWords(finding)}, ${clockOf(finding.time)}`}</title>
              </circle>
            </a>
          ))}
        </svg>
      </Scroll>
    </section>
  );
}

interface Span {
  readonly vantage: string;
  readonly from: number;
  readonly to: number;
}

/** A capture on the client's clock, in seconds since the first capture's first frame. */
function spanOf({ vantage, firstTime, lastTime }: CaptureSummary, { captures, clock }: Result): Span[] {
  const base = captures.find((capture) => capture.firstTime !== null)?.firstTime;
  if (firstTime === null || lastTime === null || base == null) return [];
  const ahead = vantage === 'server' && captures.length > 1 ? (clock?.offsetSeconds ?? 0) : 0;
  return [
    { vantage, from: secondsBetween(base, firstTime) - ahead, to: secondsBetween(base, lastTime) - ahead },
  ];
}

/** Findings in order of time, those of one moment above one another. */
function placed(findings: readonly Finding[], x: (finding: Finding) => number) {
  const free = Array.from({ length: LEVELS }, () => Number.NEGATIVE_INFINITY);
  const byTime = [...findings].sort((a, b) => (a.time < b.time ? -1 : 1));
  return byTime.map((finding) => {
    const at = x(finding);
    const open = free.findIndex((last) => at - last >= CLOSE);
    const level = open < 0 ? free.indexOf(Math.min(...free)) : open;
    free[level] = at;
    return { finding, at, level };
  });
}

function labelOf({ findings }: Result): string {
  const [first, last] = [findings[0], findings[findings.length - 1]];
  return `${findings.length} findings between ${clockOf(first.time)} and ${clockOf(last.time)}; the table below lists them`;
}

function shortSeconds(value: number): string {
  if (value >= 120 && value % 60 === 0) return `${value / 60} min`;
  return seconds(value).replace(/\.00 s$/, ' s');
}
