import { InputError } from '../errors.js';
import type { Result } from '../result.js';
import type { NamedCapture } from './captures.js';
import type { Io } from './io.js';
import { createProgress, type Reading } from './progress.js';
import type { InputOptions } from './shared-options.js';

/** What the command line asks of the library. */
export interface AnalyzeCall {
  captures: readonly NamedCapture[];
  lb?: readonly string[];
  where?: readonly string[];
  secondReader?: boolean;
  ladders?: boolean;
  onProgress?: (reading: Reading) => void;
  signal?: AbortSignal;
}

/** What a run depends on besides its Io; tests hand in their own. */
export interface Deps {
  readonly loadAnalyze: () => Promise<(call: AnalyzeCall) => Promise<Result>>;
}

/** The library itself, loaded only when there is something to analyse. */
const REAL_DEPS: Deps = {
  loadAnalyze: async () => (await import('../analyze.js')).analyze,
};

/** Analyses what was asked for, with progress where somebody looks at it. */
export async function analyzeInput(
  { captures, lb, where, secondReader }: InputOptions,
  { progress: showProgress, ladders }: { readonly progress: boolean; readonly ladders: boolean },
  io: Io,
  deps: Deps = REAL_DEPS,
): Promise<Result> {
  checkStdin(captures, io);
  const analyze = await deps.loadAnalyze();
  const progress = createProgress(io, showProgress);
  const controller = new AbortController();
  const takeBack = io.onInterrupt(() => controller.abort());
  try {
    return await analyze({
      captures,
      ...(lb.length > 0 ? { lb } : {}),
      ...(where.length > 0 ? { where } : {}),
      ...(secondReader ? { secondReader: true } : {}),
      ...(ladders ? { ladders: true } : {}),
      onProgress: (reading) => progress.update(reading),
      signal: controller.signal,
    });
  } finally {
    takeBack();
    await progress.clear();
  }
}

/** Whether the reading was ended before the captures were. */
export function wasInterrupted({ captures }: Result): boolean {
  return captures.some(({ warnings }) => warnings.some(({ code }) => code === 'interrupted'));
}

function checkStdin(captures: InputOptions['captures'], { stdin }: Io): void {
  if (!stdin.isTTY || captures.every(({ path }) => path !== '-')) return;
  throw new InputError(
    "'-' reads a capture from standard input, which is a terminal here: pipe one in, as in tcpdump -w - tcp | rst-analyze -",
  );
}
