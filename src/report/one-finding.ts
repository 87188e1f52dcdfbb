import type { Result } from '../result.js';
import { escapeDeep, escapeForAscii, escapeForTerminal } from './escape.js';
import { ladderLines } from './ladder/text.js';
import { findingNamed } from './named.js';
import { evidenceBlock } from './table/evidence.js';
import { pageFor } from './table/page.js';
import { singles } from './text/alike.js';
import type { ReportOptions } from './types.js';

/**
 * One finding with everything that is known of it, for a terminal: first its packets, then what they show.
 * @throws InputError where the result has no finding of that name
 */
export function oneFinding(result: Result, id: string, options: ReportOptions): string {
  const found = findingNamed(result, id);
  // Every string of the report may come from a packet, a file name or a configuration, so none is used before this.
  const clean = escapeDeep(found, options.unicode ? escapeForTerminal : escapeForAscii);
  const page = { ...pageFor(options), full: true };
  const ladder = clean.ladder === undefined ? [] : [...ladderLines(clean.ladder, page), ''];
  const block = singles([clean]).flatMap((group) => evidenceBlock(group, page));
  return [...ladder, ...block].map((line) => `${line}\n`).join('');
}
