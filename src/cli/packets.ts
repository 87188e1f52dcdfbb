import { join } from 'node:path';
import { annotate } from '../annotate/annotate.js';
import { extract } from '../annotate/extract.js';
import { escapeForTerminal } from '../report/escape.js';
import { findingNamed } from '../report/named.js';
import { plural } from '../report/text/units.js';
import type { Result } from '../result.js';
import type { Options } from './commands/analyze.js';

/**
 * Writes the packets that were asked for; resolves to what was written, a line a file, for standard error.
 * @param shown the result as others may see it, for what is written on the frames
 * @throws InputError where there is no finding of a name, or a file cannot be written
 */
export async function writePackets(
  result: Result,
  shown: Result,
  { annotate: folder, extract: names }: Pick<Options, 'annotate' | 'extract'>,
): Promise<string> {
  const findings = names.map((name) => findingNamed(result, name));
  const lines: string[] = [];
  if (folder !== undefined)
    for (const { path, comments, unplaced } of await annotate(
      { ...result, findings: shown.findings },
      folder,
    )) {
      const without =
        unplaced > 0 ? `; ${plural(unplaced, 'frame')} in blocks that have no room for one` : '';
      lines.push(`${path}: ${plural(comments, 'comment')}${without}`);
    }
  for (const finding of findings) {
    const path = join(folder ?? '.', `${finding.id}.pcapng`);
    lines.push(
      `${path}: ${plural(await extract(result, finding, path, findingNamed(shown, finding.id)), 'packet')}`,
    );
  }
  return lines.map((line) => `wrote ${escapeForTerminal(line)}\n`).join('');
}
