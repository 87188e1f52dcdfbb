import type { Ladder, LadderStep } from '../../result.js';
import type { Page, Role } from '../table/page.js';
import { frameName } from '../text/frames.js';
import { columns, cutEnd, cutMiddle } from '../text/width.js';
import { type Between, before, betweenWords, FATE_WORDS, legendOf, packetWords, timeWords } from './words.js';

const INDENT = '    ';
/** An arm has room for the longest words and an arrow; wider, the eye loses the line. */
const SHORTEST_ARM = 14;
const LONGEST_ARM = 30;
const TIME_WIDTH = 11;
const NAME_LEAST = 6;
const NAME_MOST = 16;

interface Shape {
  /** Columns for the name of a frame. */
  readonly name: number;
  readonly arm: number;
}

/** The decisive packets between client, load balancer and server, the earliest at the top. */
export function ladderLines(ladder: Ladder, page: Page): string[] {
  const shape = shapeOf(ladder, page);
  const { skippedAfter } = ladder;
  const rows = ladder.steps.flatMap((step, i) => [
    ...gapLines(before(ladder, i), shape, page),
    stepLine(step, shape, page),
  ]);
  const after = { gapSeconds: null, skipped: skippedAfter };
  return [heading(shape, page), ...rows, ...gapLines(after, shape, page), ...legend(ladder, page)];
}

function shapeOf({ steps }: Ladder, page: Page): Shape {
  const names = steps.flatMap(({ client, server }) => [client, server]).flatMap((seen) => seen ?? []);
  const widest = Math.max(NAME_LEAST, ...names.map((seen) => columns(frameName(seen))));
  const name = Math.min(NAME_MOST, widest);
  const room = page.width - INDENT.length - TIME_WIDTH - 2 * (name + 2) - 1;
  return { name, arm: Math.min(LONGEST_ARM, Math.max(SHORTEST_ARM, Math.floor(room / 2))) };
}

function heading({ name, arm }: Shape, page: Page): string {
  const left = `${' '.repeat(TIME_WIDTH)} ${'client'.padStart(name)} `;
  const middle = centred('load balancer', 2 * arm + 1, ' ');
  return page.paint(`${INDENT}${left}${middle} server`, 'dim');
}

function stepLine(step: LadderStep, shape: Shape, page: Page): string {
  const role = roleOf(step);
  const name = (seen: LadderStep['client'], absent: string) =>
    cutMiddle(seen === null ? absent : frameName(seen), shape.name, page.symbols.ellipsis);
  const absent = step.fate === 'unknown' ? '?' : '';
  const client = name(step.client, absent).padStart(shape.name);
  const line = `${timeWords(step.seconds).padStart(TIME_WIDTH)} ${client} `;
  const arms = page.paint(armsOf(step, shape.arm, page), role);
  return `${INDENT}${line}${arms} ${name(step.server, absent)}`.trimEnd();
}

/** A line from the sender to where the packet got to, its name on the half where it was seen first. */
function armsOf(step: LadderStep, arm: number, page: Page): string {
  const { rule, passes, lost, made, left, right, faint } = page.symbols.ladder;
  const outward = step.from === 'client';
  const label = ` ${packetWords(step)} `;
  const near = (end: string, length: number) => (outward ? labelled(length, end) : mirrored(length, end));
  const labelled = (length: number, end: string) =>
    centred(cutEnd(label, length - 2, page.symbols.ellipsis), length - columns(end), rule) + end;
  const mirrored = (length: number, end: string) =>
    end + centred(cutEnd(label, length - 2, page.symbols.ellipsis), length - columns(end), rule);
  const blank = ' '.repeat(arm);
  const head = outward ? right : left;
  const far = outward ? rule.repeat(arm - 1) + head : head + rule.repeat(arm - 1);
  switch (step.fate) {
    case 'crossed':
      return outward ? near('', arm) + passes + far : far + passes + near('', arm);
    case 'lost':
      return outward ? near('', arm) + lost + blank : blank + lost + near('', arm);
    case 'made-between':
      return outward ? blank + made + near(head, arm) : near(head, arm) + made + blank;
    case 'unknown': {
      const open = faint.repeat(arm);
      const seenNear = (outward ? step.client : step.server) !== null;
      const drawn = seenNear ? near('', arm) : near(head, arm);
      const onLeft = (step.client !== null) === true;
      return onLeft ? drawn + faint + open : open + faint + drawn;
    }
  }
}

function centred(text: string, width: number, fill: string): string {
  const room = Math.max(0, width - columns(text));
  const before = Math.floor(room / 2);
  return fill.repeat(before) + text + fill.repeat(room - before);
}

function gapLines(between: Between, { name, arm }: Shape, page: Page): string[] {
  const words = betweenWords(between);
  if (words.length === 0) return [];
  const { gap } = page.symbols.ladder;
  const margin = ' '.repeat(INDENT.length + TIME_WIDTH + name + 2);
  const text = centred(` ${words.join(', ')} `, 2 * arm - 1, ' ');
  return [
    `${margin}${page.paint(gap, 'dim')}${page.paint(text, between.gapSeconds === null ? 'dim' : 'strong')}${page.paint(gap, 'dim')}`,
  ];
}

function roleOf({ flags, fate }: LadderStep): Role | undefined {
  if (flags.includes('R')) return 'bad';
  return fate === 'lost' ? 'warn' : undefined;
}

function legend(ladder: Ladder, page: Page): string[] {
  const { lost, made, faint } = page.symbols.ladder;
  const marks = { crossed: '', lost, 'made-between': made, unknown: faint.repeat(2) };
  return legendOf(ladder).map((fate) => page.paint(`${INDENT}${marks[fate]} ${FATE_WORDS[fate]}`, 'dim'));
}
