import { type LogAxis, logAxis } from './log-axis.js';
import { element, type Svg } from './svg.js';

/** One diagram: how a quantity grows with a size. Both axes are logarithmic, so all values are above zero. */
export interface Panel {
  readonly title: string;
  readonly xLabel: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
  /** How a value is written at the y axis and at the last point. */
  readonly yText: (value: number) => string;
}

const COLUMNS = 2;
const PANEL = { width: 440, height: 300 };
const MARGIN = { left: 72, right: 28, top: 52, bottom: 52 };
const HEADING = 60;
const POINT_RADIUS = 3.5;
interface Palette {
  readonly paper: string;
  readonly ink: string;
  readonly quiet: string;
  readonly grid: string;
  readonly axis: string;
  readonly line: string;
}

const LIGHT: Palette = {
  paper: '#ffffff',
  ink: '#1f2328',
  quiet: '#59636e',
  grid: '#e4e7eb',
  axis: '#afb8c1',
  line: '#0969da',
};
const DARK: Palette = {
  paper: '#0d1117',
  ink: '#f0f6fc',
  quiet: '#9198a1',
  grid: '#262c36',
  axis: '#4b535d',
  line: '#58a6ff',
};

/** Spelled out for both, for not every program that shows SVG knows variables. */
function colors({ paper, ink, quiet, grid, axis, line }: Palette): string {
  return [
    `.paper{fill:${paper}}`,
    `text{fill:${quiet}}`,
    `.heading,.title{fill:${ink}}`,
    `.value{fill:${line}}`,
    `.grid{stroke:${grid}}`,
    `.axis{stroke:${axis}}`,
    `.guide{stroke:${quiet}}`,
    `.curve{stroke:${line}}`,
    `.point{fill:${line};stroke:${paper}}`,
  ].join('');
}

const STYLE = [
  'text{font:12px system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif}',
  '.heading{font-size:16px;font-weight:600}',
  '.title{font-size:13px;font-weight:600}',
  '.value{font-weight:600}',
  '.guide{stroke-dasharray:2 4}',
  '.curve{stroke-width:2;fill:none;stroke-linejoin:round}',
  '.point{stroke-width:1.5}',
  colors(LIGHT),
  `@media(prefers-color-scheme:dark){${colors(DARK)}}`,
].join('\n');

/** The panels, two in a row that shares its y axis, as an SVG image that follows the reader's light or dark colours. */
export function plot(heading: string, note: string, panels: readonly Panel[]): string {
  const width = COLUMNS * PANEL.width;
  const height = HEADING + Math.ceil(panels.length / COLUMNS) * PANEL.height;
  const image = element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, width, height, role: 'img' },
    element('title', {}, heading),
    element('style', {}, { markup: STYLE }),
    element('rect', { class: 'paper', width, height, rx: 8 }),
    element('text', { class: 'heading', x: MARGIN.left, y: 32 }, heading),
    element('text', { x: MARGIN.left, y: 54 }, note),
    ...panels.map((panel, index) => {
      const row = Math.floor(index / COLUMNS);
      const y = HEADING + row * PANEL.height;
      const transform = `translate(${(index % COLUMNS) * PANEL.width} ${y})`;
      const alike = panels.slice(row * COLUMNS, (row + 1) * COLUMNS);
      return element('g', { transform }, ...drawPanel(panel, alike));
    }),
  );
  return `${image.markup.replaceAll('><', '>\n<')}\n`;
}

function drawPanel({ title, xLabel, points, yText }: Panel, row: readonly Panel[]): Svg[] {
  const right = PANEL.width - MARGIN.right;
  const bottom = PANEL.height - MARGIN.bottom;
  const x = logAxis(
    points.map((point) => point.x),
    MARGIN.left,
    right,
  );
  const y = logAxis(
    row.flatMap((panel) => panel.points.map((point) => point.y)),
    bottom,
    MARGIN.top,
  );
  return [
    element('text', { class: 'title', x: MARGIN.left, y: MARGIN.top - 18 }, title),
    ...horizontalTicks(x, bottom),
    ...verticalTicks(y, right, yText),
    element('text', { x: (MARGIN.left + right) / 2, y: bottom + 38, 'text-anchor': 'middle' }, xLabel),
    guide(points, x, y),
    element('polyline', {
      class: 'curve',
      points: points.map((point) => `${x.at(point.x).toFixed(1)},${y.at(point.y).toFixed(1)}`).join(' '),
    }),
    ...points.map((point) => drawPoint(point, x, y, xLabel, yText)),
    ...lastValue(points, x, y, yText),
  ];
}

function horizontalTicks(axis: LogAxis, bottom: number): Svg[] {
  return axis.ticks.flatMap((tick) => {
    const x = axis.at(tick);
    return [
      element('line', { class: 'grid', x1: x, x2: x, y1: MARGIN.top, y2: bottom }),
      element(
        'text',
        { x, y: bottom + 18, 'text-anchor': 'middle' },
        '10',
        element('tspan', { dy: -5, 'font-size': 9 }, String(Math.round(Math.log10(tick)))),
      ),
    ];
  });
}

function verticalTicks(axis: LogAxis, right: number, text: Panel['yText']): Svg[] {
  return axis.ticks.flatMap((tick, index) => {
    const y = axis.at(tick);
    return [
      element('line', { class: index === 0 ? 'axis' : 'grid', x1: MARGIN.left, x2: right, y1: y, y2: y }),
      element('text', { x: MARGIN.left - 8, y: y + 4, 'text-anchor': 'end' }, text(tick)),
    ];
  });
}

/** How it would be if it were proportional to the size: a line of slope one that ends at the last point. */
function guide(points: Panel['points'], x: LogAxis, y: LogAxis): Svg {
  const last = points[points.length - 1];
  const [lowX, lowY] = [Math.min(...x.ticks), Math.min(...y.ticks)];
  const shrink = Math.min(last.x / lowX, last.y / lowY);
  return element('line', {
    class: 'guide',
    x1: x.at(last.x / shrink),
    y1: y.at(last.y / shrink),
    x2: x.at(last.x),
    y2: y.at(last.y),
  });
}

function drawPoint(
  point: { readonly x: number; readonly y: number },
  x: LogAxis,
  y: LogAxis,
  xLabel: string,
  yText: Panel['yText'],
): Svg {
  return element(
    'circle',
    { class: 'point', cx: x.at(point.x), cy: y.at(point.y), r: POINT_RADIUS },
    element('title', {}, `${point.x.toLocaleString('en')} ${xLabel}: ${yText(point.y)}`),
  );
}

function lastValue(points: Panel['points'], x: LogAxis, y: LogAxis, text: Panel['yText']): Svg[] {
  const last = points[points.length - 1];
  const place = { x: x.at(last.x) + 4, y: y.at(last.y) - 10, 'text-anchor': 'end' };
  return [element('text', { class: 'value', ...place }, text(last.y))];
}
