import type { Ladder, LadderStep } from '../../result.js';
import { before, betweenWords, FATE_WORDS, legendOf, packetWords, timeWords } from '../ladder/words.js';
import { frameName } from '../text/frames.js';
import { BALANCER, CLIENT, LEFT_OUT, SERVER, SILENCE, wayOf } from './ladder-parts.js';
import { Scroll } from './scroll.js';

const WIDTH = 620;
const TOP = 34;
const STEP = 26;
/** A frame's name has this much room; a longer one is cut at its beginning, where the folder stands. */
const NAME = 16;

interface Row {
  readonly step: LadderStep;
  readonly y: number;
  readonly gap: { readonly text: string; readonly y: number; readonly silent: boolean } | null;
}

/** The decisive packets between client, load balancer and server, on one clock, the silence drawn to be seen. */
export function LadderDiagram({ ladder, id }: { ladder: Ladder; id: string }) {
  const { rows, height } = layOut(ladder);
  return (
    <figure>
      <Scroll label={`Packets of ${id}`}>
        <svg class="ladder" viewBox={`0 0 ${WIDTH} ${height}`}>
          <title>{`Packets of ${id}`}</title>
          <path class="lane" d={lanes(height)} />
          <text x={CLIENT} y="14" class="m">
            client
          </text>
          <text x={BALANCER} y="14" class="m">
            load balancer
          </text>
          <text x={SERVER} y="14" class="m">
            server
          </text>
          {rows.map(({ step, y, gap }) => (
            <>
              {gap === null ? null : <Gap {...gap} />}
              <Step step={step} y={y} />
            </>
          ))}
          {ladder.skippedAfter > 0 ? (
            <Gap
              text={betweenWords({ gapSeconds: null, skipped: ladder.skippedAfter }).join(', ')}
              y={height - LEFT_OUT / 2}
              silent={false}
            />
          ) : null}
        </svg>
      </Scroll>
      <figcaption>{captionOf(ladder)}</figcaption>
    </figure>
  );
}

function layOut(ladder: Ladder): { rows: Row[]; height: number } {
  let y = TOP;
  const rows = ladder.steps.map((step, i): Row => {
    const between = before(ladder, i);
    const text = betweenWords(between).join(', ');
    const silent = between.gapSeconds !== null;
    const room = silent ? SILENCE : LEFT_OUT;
    const gap = text === '' ? null : { text, y: y + room / 2 - STEP / 2, silent };
    if (gap !== null) y += room;
    const row = { step, y, gap };
    y += STEP;
    return row;
  });
  return { rows, height: y + (ladder.skippedAfter > 0 ? LEFT_OUT : 0) };
}

function lanes(height: number): string {
  return [CLIENT, BALANCER, SERVER].map((x) => `M${x} 20V${height}`).join('');
}

/** Time in which nothing happened breaks the lanes; packets that are left out only interrupt them. */
function Gap({ text, y, silent }: { text: string; y: number; silent: boolean }) {
  return (
    <g class={silent ? 'g' : 'h'} transform={`translate(0 ${y})`}>
      <use href={silent ? '#gap' : '#cut'} />
      <text class="xm">{text}</text>
    </g>
  );
}

/** A packet: its time, its frames, and its way, which is one of a few that are drawn once for the whole page. */
function Step({ step, y }: { step: LadderStep; y: number }) {
  const { id, middle } = wayOf(step);
  return (
    <g class={classOf(step)} transform={`translate(0 ${y})`}>
      <text class="xt">{timeWords(step.seconds)}</text>
      {step.client === null ? null : <text class="xc">{name(step.client)}</text>}
      <use href={`#${id}`} />
      <text class={middle}>{packetWords(step)}</text>
      {step.server === null ? null : <text class="xs">{name(step.server)}</text>}
    </g>
  );
}

function classOf({ flags, fate }: LadderStep): string {
  if (flags.includes('R')) return 's r';
  if (fate === 'lost') return 's l';
  return fate === 'unknown' ? 's u' : 's';
}

function name(seen: NonNullable<LadderStep['client']>): string {
  const text = frameName(seen);
  return text.length > NAME ? `…${text.slice(1 - NAME)}` : text;
}

function captionOf(ladder: Ladder): string {
  const marks = { crossed: '', lost: '✗', 'made-between': '●', unknown: '' };
  const words = legendOf(ladder).map((fate) => `${marks[fate]} ${FATE_WORDS[fate]}`.trim());
  return ['Times on the client’s clock, from the event; # are frame numbers', ...words].join('. ');
}
