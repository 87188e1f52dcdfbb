import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runBenchmark } from './benchmark.js';
import { Captures } from './captures.js';
import { type BenchOptions, parseBenchOptions, USAGE } from './options.js';

/** `npm run bench -- --help` says what it takes. The exit code is 1 when a contender or an answer failed, never for a time. */
const FAILED = 1;
const UNUSABLE = 2;
const INTERRUPTED = 130;

async function inFolder(options: BenchOptions): Promise<number> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  if (options.keep !== undefined) mkdirSync(options.keep, { recursive: true });
  const scratch = mkdtempSync(join(tmpdir(), 'rst-analyze-bench-'));
  try {
    const captures = new Captures(options.keep ?? scratch, options.keep !== undefined, stop.signal);
    return (await runBenchmark({ options, captures, scratch, signal: stop.signal })) ? 0 : FAILED;
  } catch (error) {
    if (stop.signal.aborted) return INTERRUPTED;
    process.stderr.write(`bench: ${error instanceof Error ? error.stack : String(error)}\n`);
    return FAILED;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function optionsOrUsage(): BenchOptions | null {
  try {
    const options = parseBenchOptions(process.argv.slice(2));
    if (options === null) process.stdout.write(USAGE);
    return options;
  } catch (error) {
    process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = UNUSABLE;
    return null;
  }
}

const options = optionsOrUsage();
if (options !== null) process.exitCode = await inFolder(options);
