import type { Ladder, LadderStep } from '../../result.js';
import { before, betweenWords, FATE_WORDS, legendOf, packetWords, timeWords } from '../ladder/words.js';
import { frameName } from '../text/frames.js';
import { Scroll } from './scroll.js';

const WIDTH = 620;
const CLIENT = 160;
const BALANCER = 330;
const SERVER = 500;
const TOP = 34;
const STEP = 26;
/** Silence takes more room than packets that are only left out. */
const SILENCE = 62;
const LEFT_OUT = 30;
const HEAD = 6;
/** How far a gap reaches beyond the outer lanes, and the length of a tooth of its edge. */
const EDGE = 20;
const TOOTH = 10;
const GAP_MARGIN = 5;
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

function GapPart({ id, room }: { id: string; room: number }) {
  const half = room / 2 - GAP_MARGIN;
  const [left, right] = [CLIENT - EDGE, SERVER + EDGE];
  return (
    <g id={id}>
      <rect class="hide" x={left} y={-half} width={right - left} height={2 * half} />
      {room === SILENCE ? <path d={zigzag(left, right, -half) + zigzag(left, right, half)} /> : null}
    </g>
  );
}

/** A torn edge. */
function zigzag(left: number, right: number, y: number): string {
  const teeth = Math.round((right - left) / (2 * TOOTH));
  return `M${left} ${y}${`l${TOOTH} -4l${TOOTH} 4`.repeat(teeth)}`;
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

/** The ways that packets can have gone, to be referred to by their ids. Part of the page, once. */
export function LadderParts() {
  return (
    <svg class="parts" aria-hidden="true">
      <defs>
        <GapPart id="gap" room={SILENCE} />
        <GapPart id="cut" room={LEFT_OUT} />
        {WAYS.map(({ id, from, to, mark }) => (
          <g id={id} key={id}>
            <path d={`M${from} 0H${to}${mark === 'lost' ? '' : arrow(from, to)}`} />
            {mark === 'made' ? <circle class="made" cx={from} cy="0" r="5" /> : null}
            {mark === 'lost' ? (
              <path class="x" d={`M${to + (to > from ? 4 : -14)} -5l10 10m-10 0l10-10`} />
            ) : null}
          </g>
        ))}
      </defs>
    </svg>
  );
}

interface Way {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  /** Class of the half on which the packet's name stands: where it was seen first. */
  readonly middle: 'xl' | 'xr';
  readonly mark?: 'made' | 'lost';
}

/** How far a lost packet gets of its half of the way. */
const LOST_AT = 0.8;
const LEFT_LOST = CLIENT + (BALANCER - CLIENT) * LOST_AT;
const RIGHT_LOST = SERVER - (SERVER - BALANCER) * LOST_AT;

const WAYS: readonly Way[] = [
  { id: 'wco', from: CLIENT, to: SERVER, middle: 'xl' },
  { id: 'wci', from: SERVER, to: CLIENT, middle: 'xr' },
  { id: 'wlo', from: CLIENT, to: LEFT_LOST, middle: 'xl', mark: 'lost' },
  { id: 'wli', from: SERVER, to: RIGHT_LOST, middle: 'xr', mark: 'lost' },
  { id: 'wmo', from: BALANCER, to: SERVER, middle: 'xr', mark: 'made' },
  { id: 'wmi', from: BALANCER, to: CLIENT, middle: 'xl', mark: 'made' },
  { id: 'wno', from: CLIENT, to: BALANCER, middle: 'xl' },
  { id: 'wni', from: SERVER, to: BALANCER, middle: 'xr' },
  { id: 'wfo', from: BALANCER, to: SERVER, middle: 'xr' },
  { id: 'wfi', from: BALANCER, to: CLIENT, middle: 'xl' },
];

/** Its id: the fate (of an unknown one, whether it was seen near its sender or far from it), and the direction. */
function wayOf({ from, fate, client, server }: LadderStep): Way {
  const outward = from === 'client';
  const seenNear = (outward ? client : server) !== null;
  const kind = { crossed: 'c', lost: 'l', 'made-between': 'm', unknown: seenNear ? 'n' : 'f' }[fate];
  const id = `w${kind}${outward ? 'o' : 'i'}`;
  return WAYS.find((way) => way.id === id) ?? WAYS[0];
}

function arrow(from: number, to: number): string {
  const back = to > from ? -HEAD : HEAD;
  return `m${back}-4l${-back} 4l${back} 4`;
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
