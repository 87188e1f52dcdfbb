import { type Detail, loadFormat, needsLadders } from '../report/index.js';
import { analyzeInput, type Deps } from './analysis.js';
import type { Options } from './commands/analyze.js';
import { parseFailOn } from './fail-on.js';
import type { Io } from './io.js';
import { checkOutput, chooseFormat, deliver, toFile } from './output.js';
import { reportOptions } from './surroundings.js';

const NOTHING_FOUND = 0;
const FOUND = 1;

/** Analyses and reports; resolves to the exit code. Everything that can be refused is refused before the reading. */
export async function run(options: Options, io: Io, deps: Deps | undefined): Promise<number> {
  checkOutput(options);
  const fails = parseFailOn(options.failOn);
  const format = chooseFormat(options);
  const report = await loadFormat(format);
  const ladders = needsLadders(format);
  const result = await analyzeInput(options, { progress: options.progress, ladders }, io, deps);
  // FORCE_COLOR is about terminals and logs; escapes in a file are wanted only by those who say so.
  const color = options.color ?? (toFile(options.output) ? false : undefined);
  const text = report(result, await reportOptions(io, { color, detail: detailOf(options), fails }));
  await deliver(text, options.output, io);
  return result.findings.some(fails) ? FOUND : NOTHING_FOUND;
}

function detailOf({ quiet, verbose }: Options): Detail {
  if (quiet) return 'summary';
  return verbose ? 'all' : 'normal';
}
