import { type Detail, loadFormat, needsLadders } from '../report/index.js';
import { orderNamed } from '../report/sort.js';
import type { Result } from '../result.js';
import { analyzeInput, type Deps, wasInterrupted } from './analysis.js';
import type { Options } from './commands/analyze.js';
import { parseFailOn } from './fail-on.js';
import type { Io } from './io.js';
import { checkOutput, chooseFormat, deliver, toFile } from './output.js';
import { reportOptions } from './surroundings.js';

const NOTHING_FOUND = 0;
const FOUND = 1;
/** As shells report what Ctrl-C has ended: 128 and the number of the signal. */
const INTERRUPTED = 130;

/** Analyses and reports; resolves to the exit code. Everything that can be refused is refused before the reading. */
export async function run(options: Options, io: Io, deps: Deps | undefined): Promise<number> {
  checkOutput(options);
  const fails = parseFailOn(options.failOn);
  const format = chooseFormat(options);
  const report = await loadFormat(format);
  const dressed = await dresserOf(options);
  const ladders = needsLadders(format);
  const result = await analyzeInput(options, { progress: options.progress, ladders }, io, deps);
  const shown = dressed(result);
  // FORCE_COLOR is about terminals and logs; escapes in a file are wanted only by those who say so.
  const color = options.color ?? (toFile(options.output) ? false : undefined);
  const text = report(shown, await reportOptions(io, { color, detail: detailOf(options), fails }));
  await deliver(text, options.output, io);
  if (wantsPackets(options)) {
    const { writePackets } = await import('./packets.js');
    await io.stderr.write(await writePackets(result, shown, options));
  }
  if (wasInterrupted(result)) return INTERRUPTED;
  return result.findings.some(fails) ? FOUND : NOTHING_FOUND;
}

/** What is done to a report before anybody sees it. */
async function dresserOf({ sort, anonymize, anonymizeKey }: Options): Promise<(result: Result) => Result> {
  const order = sort === undefined ? (result: Result) => result : orderNamed(sort);
  if (!anonymize) return order;
  const { anonymizer } = await import('./anonymity.js');
  const hide = await anonymizer(anonymizeKey);
  return (result) => hide(order(result));
}

function wantsPackets({ annotate, extract }: Options): boolean {
  return annotate !== undefined || extract.length > 0;
}

function detailOf({ quiet, verbose }: Options): Detail {
  if (quiet) return 'summary';
  return verbose ? 'all' : 'normal';
}
