import type { AnalyzeCall, Deps } from '#src/cli/analysis.js';
import type { Io, Sink } from '#src/cli/io.js';
import type { Result } from '#src/result.js';

/** An Io that keeps what was written to it. */
export interface FakeIo extends Io {
  readonly out: string[];
  readonly err: string[];
  readonly files: Map<string, string>;
}

interface Surroundings {
  readonly stdinTTY?: boolean;
  readonly stdoutTTY?: boolean;
  readonly stderrTTY?: boolean;
  readonly columns?: number;
  readonly env?: Record<string, string>;
  readonly platform?: string;
  readonly now?: () => number;
  readonly today?: string;
  readonly cwd?: string;
  readonly writeFile?: Io['writeFile'];
}

export function fakeIo(around: Surroundings = {}): FakeIo {
  const out: string[] = [];
  const err: string[] = [];
  const files = new Map<string, string>();
  return {
    out,
    err,
    files,
    stdin: { isTTY: around.stdinTTY ?? false },
    stdout: fakeSink(out, around.stdoutTTY ?? false, around.columns),
    stderr: fakeSink(err, around.stderrTTY ?? false, around.columns),
    env: { LANG: 'C.UTF-8', ...around.env },
    platform: around.platform ?? 'linux',
    now: around.now ?? (() => 0),
    today: () => around.today ?? '2026-05-21',
    cwd: () => around.cwd ?? process.cwd(),
    onInterrupt: () => () => {},
    writeFile:
      around.writeFile ??
      (async (path, text) => {
        files.set(path, text);
      }),
  };
}

function fakeSink(written: string[], isTTY: boolean, columns: number | undefined): Sink {
  return {
    isTTY,
    columns,
    write: async (text) => {
      written.push(text);
    },
  };
}

/** An analysis that always finds the same, and remembers what it was asked. */
export function fakeDeps(found: Result): Deps & { readonly calls: AnalyzeCall[] } {
  const calls: AnalyzeCall[] = [];
  return {
    calls,
    loadAnalyze: async () => async (call) => {
      calls.push(call);
      return found;
    },
  };
}

/** An analysis that fails. */
export function failingDeps(error: unknown): Deps {
  return {
    loadAnalyze: async () => async () => {
      throw error;
    },
  };
}
