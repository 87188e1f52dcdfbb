import { InputError } from '../errors.js';
import { type Detail, loadFormat } from '../report/index.js';
import type { Result } from '../result.js';
import type { NamedCapture } from './captures.js';
import { chalkFor, colorLevel } from './color.js';
import { parseFailOn } from './fail-on.js';
import type { Io } from './io.js';
import type { Options } from './options.js';
import { checkOutput, chooseFormat, deliver, toFile } from './output.js';
import { createProgress, type Reading } from './progress.js';
import { canShowUnicode, outputWidth } from './terminal.js';

/** What the command line asks of the library. */
export interface AnalyzeCall {
  captures: readonly NamedCapture[];
  lb?: readonly string[];
  where?: readonly string[];
  secondReader?: boolean;
  onProgress?: (reading: Reading) => void;
}

/** What a run depends on besides its Io; tests hand in their own. */
export interface Deps {
  readonly loadAnalyze: () => Promise<(call: AnalyzeCall) => Promise<Result>>;
}

/** The library itself, loaded only when there is something to analyse. */
export const REAL_DEPS: Deps = {
  loadAnalyze: async () => (await import('../analyze.js')).analyze,
};

const NOTHING_FOUND = 0;
const FOUND = 1;

/** Analyses and reports; resolves to the exit code. Everything that can be refused is refused before the reading. */
export async function run(options: Options, io: Io, deps: Deps): Promise<number> {
  checkStdin(options, io);
  checkOutput(options);
  const fails = parseFailOn(options.failOn);
  const report = await loadFormat(chooseFormat(options));
  const result = await analyzeWithProgress(options, io, deps);
  // FORCE_COLOR is about terminals and logs; escapes in a file are wanted only by those who say so.
  const level = colorLevel({
    flag: options.color ?? (toFile(options.output) ? false : undefined),
    env: io.env,
    isTTY: io.stdout.isTTY,
  });
  const text = report(result, {
    width: outputWidth(io),
    chalk: await chalkFor(level),
    unicode: canShowUnicode(io),
    detail: detailOf(options),
  });
  await deliver(text, options.output, io);
  return result.findings.some(fails) ? FOUND : NOTHING_FOUND;
}

async function analyzeWithProgress(options: Options, io: Io, deps: Deps): Promise<Result> {
  const analyze = await deps.loadAnalyze();
  const progress = createProgress(io, options.progress);
  try {
    return await analyze({
      captures: options.captures,
      ...(options.lb.length > 0 ? { lb: options.lb } : {}),
      ...(options.where.length > 0 ? { where: options.where } : {}),
      ...(options.secondReader ? { secondReader: true } : {}),
      onProgress: (reading) => progress.update(reading),
    });
  } finally {
    await progress.clear();
  }
}

function checkStdin({ captures }: Options, { stdin }: Io): void {
  if (!stdin.isTTY || captures.every(({ path }) => path !== '-')) return;
  throw new InputError(
    "'-' reads a capture from standard input, which is a terminal here: pipe one in, as in tcpdump -w - tcp | rst-analyze -",
  );
}

function detailOf({ quiet, verbose }: Options): Detail {
  if (quiet) return 'summary';
  return verbose ? 'all' : 'normal';
}
