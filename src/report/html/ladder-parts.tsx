import type { LadderStep } from '../../result.js';

/** Where the lanes stand. */
export const CLIENT = 160;
export const BALANCER = 330;
export const SERVER = 500;
/** Room for silence, which is drawn to be seen, and for packets that are only left out. */
export const SILENCE = 62;
export const LEFT_OUT = 30;

const HEAD = 6;
/** How far a gap reaches beyond the outer lanes, and the length of a tooth of its edge. */
const EDGE = 20;
const TOOTH = 10;
const GAP_MARGIN = 5;

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
export function wayOf({ from, fate, client, server }: LadderStep): Way {
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
