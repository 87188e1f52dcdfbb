import type { Result } from '../result.js';
import { escapeDeep, escapeForAscii, escapeForTerminal } from './escape.js';
import { evidenceBlock } from './table/evidence.js';
import { draw, plan } from './table/grid.js';
import { header } from './table/header.js';
import { layouts } from './table/layouts.js';
import { type Page, pageFor } from './table/page.js';
import { type Group, groupAlike, mostUrgent, singles } from './text/alike.js';
import { keepaliveText, timeoutText } from './text/inferred.js';
import { summaryLine } from './text/summary.js';
import { dayOf, plural } from './text/units.js';
import { hang, wrap } from './text/wrap.js';
import type { ReportOptions } from './types.js';

/** From here on like findings share a row, and the rest is one `-v` away. */
const MOST_SINGLE_ROWS = 24;
const MOST_ROWS = 40;
const MOST_BLOCKS = 20;
const MOST_KEEPALIVES = 6;

/** What a support engineer reads first: what was read, a table of the findings, what decided each, one line in sum. */
export function table(raw: Result, options: ReportOptions): string {
  // Every string of the report may come from a packet, a file name or a configuration, so none is used before this.
  const clean = options.unicode ? escapeForTerminal : escapeForAscii;
  if (options.detail === 'summary') return `${clean(summaryLine(raw))}\n`;
  const result = escapeDeep(raw, clean);
  const page = pageFor(options);
  const sections = [
    header(result, page),
    findingsTable(result, page),
    evidence(result, page),
    inferred(result.inferred, page),
    wrap(summaryLine(result), page.width).map((line) => page.paint(line, 'strong')),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function findingsTable({ findings, policy }: Result, page: Page): string[] {
  if (findings.length === 0) return [];
  const together = !page.full && findings.length > MOST_SINGLE_ROWS;
  const all = together ? groupAlike(findings) : singles(findings);
  const rows = page.full ? all : mostUrgent(all, MOST_ROWS);
  const manyDays = new Set(findings.map(({ time }) => dayOf(time))).size > 1;
  for (const layout of layouts({ page, hasPolicy: policy !== null, manyDays })) {
    const fitting = plan(layout, rows, page.width);
    if (fitting) return [...draw(fitting, page), ...leftOut(all, rows, page)];
  }
  return [];
}

function evidence({ findings }: Result, page: Page): string[] {
  if (findings.length === 0) return [];
  const all = page.full ? singles(findings) : groupAlike(findings);
  const shown = page.full ? all : mostUrgent(all, MOST_BLOCKS);
  const blocks = shown.map((group) => evidenceBlock(group, page));
  return [
    ...blocks.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines])),
    ...leftOut(all, shown, page),
  ];
}

/** Says that there is more than is shown, and how to see it. */
function leftOut(all: readonly Group[], shown: readonly Group[], page: Page): string[] {
  if (all.length === shown.length) return [];
  const left = findingsIn(all) - findingsIn(shown);
  const text = `${plural(left, 'more finding')} in ${plural(all.length - shown.length, 'more group')}, less urgent than these: -v or -f json shows all`;
  return ['', ...wrap(text, page.width).map((line) => page.paint(line, 'warn'))];
}

function findingsIn(groups: readonly Group[]): number {
  return groups.reduce((sum, { members }) => sum + members.length, 0);
}

/** What the captures say of the timers, with no configuration at hand. */
function inferred({ idleTimeouts, keepalives = [] }: Result['inferred'], page: Page): string[] {
  const shown = page.full ? keepalives : keepalives.slice(0, MOST_KEEPALIVES);
  const left = keepalives.length - shown.length;
  const more = `keepalives of ${plural(left, 'more host or setting', 'more hosts or settings')}: -v or -f json shows all`;
  const texts = [...idleTimeouts.map(timeoutText), ...shown.map(keepaliveText), ...(left > 0 ? [more] : [])];
  return texts.flatMap((text) => hang('', text, page.width));
}
