import { escapeForAscii, escapeForTerminal } from '../escape.js';
import { pageFor } from '../table/page.js';
import { table } from '../table.js';
import { columns } from '../text/width.js';
import { hang } from '../text/wrap.js';
import { type CheckReporter, failsIn, outcomeOf, standingWords } from './types.js';

/** For a log: a line for each pair, the table of what fails, notes, and the outcome as the last line. */
export const text: CheckReporter = (checked, options) => {
  const clean = options.unicode ? escapeForTerminal : escapeForAscii;
  const page = pageFor({ ...options, fails: () => false });
  const { tick, cross } = page.symbols;
  const names = checked.pairs.map(({ name }) => clean(name));
  const widest = Math.max(...names.map(columns));
  const lines = checked.pairs.flatMap((pair, i) => {
    const failed = pair.result.findings.some(failsIn(pair));
    const mark = page.paint(failed ? cross : tick, failed ? 'bad' : 'good');
    const head = `${names[i]}${' '.repeat(widest - columns(names[i]))}  `;
    const [first, ...rest] = hang(head, standingWords(pair), page.width - columns(tick) - 1);
    return [`${mark} ${first}`, ...rest.map((line) => `${' '.repeat(columns(tick) + 1)}${line}`)];
  });
  const outcome = outcomeOf(checked);
  const last = page.paint(outcome, outcome.startsWith('passed') ? 'good' : 'bad');
  if (options.detail === 'summary') return `${last}\n`;
  const tables = checked.pairs.flatMap((pair, i) => {
    const findings = pair.result.findings.filter(failsIn(pair));
    if (findings.length === 0) return [];
    const title = page.paint(`== ${names[i]}`, 'strong');
    return [
      `${title}\n\n${table({ ...pair.result, findings }, { ...options, fails: () => true }).trimEnd()}`,
    ];
  });
  const notes = checked.notes.flatMap((note) => hang('! ', clean(note), page.width));
  const sections = [
    lines.join('\n'),
    ...tables,
    notes.map((line) => page.paint(line, 'warn')).join('\n'),
    last,
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
};
