import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Result } from '#src/result.js';
import type { Written } from './capture-file.js';
import { type CapturePair, rstAnalyze } from './contenders.js';

const MOST_OUTPUT = 1 << 28;
const run = promisify(execFile);

/**
 * Whether the program finds in a pair what the generator wrote into it; what it does not, one line each. A benchmark
 * of wrong answers would be worth nothing.
 */
export async function checkAnswers(
  pair: CapturePair,
  written: Written,
  signal: AbortSignal,
): Promise<string[]> {
  const [program, ...args] = rstAnalyze('--json', '--no-progress', pair.client, pair.server);
  const { stdout } = await run(program, args, { maxBuffer: MOST_OUTPUT, signal });
  return differences(JSON.parse(stdout) as Result, written);
}

/** What the report of a pair says otherwise than the generator. */
export function differences(report: Result, written: Written): string[] {
  const quantities: [name: string, found: number, expected: number][] = [
    ['findings', report.findings.length, written.resets],
    ['paths', report.pairing.paths, written.connections],
    ...report.captures.flatMap(({ vantage, frames, resetSegments, connections }) => [
      [`${vantage} frames`, frames, written.packets] as [string, number, number],
      [`${vantage} RSTs`, resetSegments, written.resets] as [string, number, number],
      [`${vantage} connections`, connections, written.connections] as [string, number, number],
    ]),
  ];
  return quantities
    .filter(([, found, expected]) => found !== expected)
    .map(([name, found, expected]) => `${name}: ${found} found, ${expected} written`);
}
