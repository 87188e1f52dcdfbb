import CliTable from 'cli-table3';
import { escapeExcept } from '../escape.js';
import { columns, cutEnd, cutMiddle } from '../text/width.js';
import { MARKS, type Page, type Role } from './page.js';

/** One line inside a cell. */
export interface Line {
  readonly text: string;
  readonly role?: Role;
  /** An address keeps both its ends when it is cut. */
  readonly cut?: 'middle';
}

/** A column: its heading, one or more lines deep, and the lines of its cell in a row. */
export interface Column<Row> {
  readonly head: readonly string[];
  readonly cell: (row: Row) => readonly Line[];
  /** Columns it can do with; without it, the column cannot be narrower than its widest cell. */
  readonly least?: number;
}

/** Cells and widths worked out, ready to be drawn. */
export interface Plan {
  readonly head: readonly (readonly Line[])[];
  readonly rows: readonly (readonly (readonly Line[])[])[];
  readonly widths: readonly number[];
}

const GAP = 3;
/** The table package takes more than linear time, so long tables are drawn in slices of one width. */
const SLICE = 100;
/** No column gets narrower than this, even where the page is too narrow for the layout. */
const LEAST = 4;

/** Works the layout out for these rows; null when it needs more than `width` columns. */
export function plan<Row>(layout: readonly Column<Row>[], rows: readonly Row[], width: number): Plan | null {
  const head = layout.map((column) => column.head.map((text): Line => ({ text })));
  const cells = rows.map((row) => layout.map((column) => column.cell(row).map(plain)));
  const natural = head.map((lines, index) => Math.max(widest(lines), ...widestOf(cells, index)));
  const least = layout.map((column, index) => Math.min(column.least ?? natural[index], natural[index]));
  const widths = shrink(natural, least, width - GAP * (layout.length - 1));
  return widths && { head, rows: cells, widths };
}

/** Draws a plan; one string a line, none longer than the plan's width. */
export function draw({ head, rows, widths }: Plan, page: Page): string[] {
  const lines: string[] = [];
  for (let start = 0; start < rows.length; start += SLICE) {
    const table = new CliTable({
      ...(start === 0
        ? { head: head.map((cell, index) => cellText(cell, widths[index], page, 'strong')) }
        : {}),
      colWidths: [...widths],
      chars: borders(page),
      style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 },
    });
    for (const row of rows.slice(start, start + SLICE)) {
      table.push(row.map((cell, index) => cellText(cell, widths[index], page)));
    }
    lines.push(...table.toString().split('\n'));
  }
  return lines.map((line) => line.trimEnd());
}

/** The table package has its own idea of how wide other characters are, and addresses and names need none. */
function plain(line: Line): Line {
  return { ...line, text: escapeExcept(line.text, MARKS) };
}

function cellText(cell: readonly Line[], width: number, page: Page, role?: Role): string {
  const fit = ({ text, cut }: Line) => (cut ? cutMiddle : cutEnd)(text, width, page.symbols.ellipsis);
  return cell.map((line) => page.paint(fit(line), line.role ?? role)).join('\n');
}

function borders({ symbols }: Page) {
  const { rule, bar, junction } = symbols;
  const none = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '' };
  const bottom = { bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' };
  const sides = { left: '', 'left-mid': '', right: '', 'right-mid': '' };
  return { ...none, ...bottom, ...sides, mid: rule, 'mid-mid': rule + junction + rule, middle: ` ${bar} ` };
}

/** Takes what is missing from the widest column that can give, again and again; null when none can. */
function shrink(natural: readonly number[], least: readonly number[], room: number): number[] | null {
  const widths = [...natural];
  for (let over = sum(widths) - room; over > 0; over--) {
    const giving = widths.map((width, index) => (width > Math.max(least[index], LEAST) ? width : 0));
    const widestGiving = giving.indexOf(Math.max(...giving));
    if (giving[widestGiving] === 0) return null;
    widths[widestGiving] -= 1;
  }
  return widths;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, n) => total + n, 0);
}

function widest(lines: readonly Line[]): number {
  return lines.reduce((most, { text }) => Math.max(most, columns(text)), 0);
}

/** At most one number, so that no row count is too much for a spread call. */
function widestOf(cells: readonly (readonly (readonly Line[])[])[], index: number): number[] {
  return [cells.reduce((most, row) => Math.max(most, widest(row[index])), 0)];
}
