import type { Endpoint, Finding, FrameRef, Result } from '../result.js';
import { escapeForTerminal } from './escape.js';
import { frameName } from './text/frames.js';
import { address } from './text/units.js';

type Cell = string | number | null | undefined;

/** The columns in their order; new ones are added at the end. */
const COLUMNS: readonly (readonly [name: string, cell: (finding: Finding) => Cell])[] = [
  ['id', ({ id }) => id],
  ['time', ({ time }) => time],
  ['kind', ({ kind }) => kind],
  ['class', (finding) => finding.class],
  ['subtype', ({ subtype }) => subtype],
  ['originator', ({ originator }) => originator],
  ['confidence', ({ confidence }) => confidence],
  ['impact', ({ impact }) => impact],
  ['idleSeconds', ({ idleSeconds }) => idleSeconds],
  ['client', ({ path }) => end(path.client)],
  ['frontend', ({ path }) => end(path.frontend)],
  ['lbPeer', ({ path }) => end(path.lbPeer)],
  ['backend', ({ path }) => end(path.backend)],
  ['mode', ({ path }) => path.mode],
  ['clientResetFrames', (finding) => frames(finding, 'client')],
  ['serverResetFrames', (finding) => frames(finding, 'server')],
  ['policyStatus', ({ policyCheck }) => policyCheck?.status],
  ['policyRule', ({ policyCheck }) => policyCheck?.rule],
  ['expected', ({ policyCheck }) => policyCheck?.expected],
  ['observed', ({ policyCheck }) => policyCheck?.observed],
  ['evidence', ({ evidence }) => evidence.map(({ effect, text }) => `${SIGNS[effect]} ${text}`).join('; ')],
  ['remedy', ({ remedy }) => remedy[0]?.text],
  ['clientFilter', ({ displayFilter }) => displayFilter.client],
  ['serverFilter', ({ displayFilter }) => displayFilter.server],
];

const SIGNS = { supports: '(for)', contradicts: '(against)', neutral: '(open)' } as const;
const LINE_END = '\r\n';

/** What a spreadsheet takes for a formula when a cell begins with it (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]/;

/** One finding a line for a spreadsheet, comma-separated as RFC 4180 has it, with a line of names. */
export function csv({ findings }: Result): string {
  const head = COLUMNS.map(([name]) => name);
  const rows = findings.map((finding) => COLUMNS.map(([, cell]) => cell(finding)));
  return [head, ...rows].map((row) => row.map(field).join(',') + LINE_END).join('');
}

function field(value: Cell): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const shown = escapeForTerminal(value);
  const text = FORMULA.test(shown) ? `'${shown}` : shown;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function end(endpoint: Endpoint | null): string | null {
  return endpoint && address(endpoint);
}

function frames({ resets }: Finding, vantage: FrameRef['vantage']): string {
  const own = resets.filter((reset) => reset.vantage === vantage);
  return own.map((reset) => frameName(reset).replace('#', '')).join(' ');
}
