import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type ProcessUsage, readProcessUsage } from './process-usage.js';

/** What one run of a command took. */
export interface Usage {
  /** Seconds. */
  readonly wall: number;
  /** Seconds of processor time; null where the system does not tell. */
  readonly cpu: number | null;
  /** Bytes; null where the system does not tell. */
  readonly peak: number | null;
}

export type Command = readonly [program: string, ...args: string[]];

const SAMPLE_MS = 10;
/** No command may take longer. */
const PATIENCE_MS = 15 * 60_000;
const MESSAGE_LENGTH = 500;

/**
 * Runs a command with its output thrown away. Memory and processor time are sampled: what the last few milliseconds
 * add to them is missed.
 * @throws Error with the end of standard error when it fails, AbortError when the signal stopped it.
 */
export async function measure([program, ...args]: Command, signal?: AbortSignal): Promise<Usage> {
  const start = performance.now();
  const child = spawn(program, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(signal && { signal }),
  });
  const patience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  let last: ProcessUsage | null = null;
  const sampling = setInterval(() => {
    if (child.pid !== undefined) last = readProcessUsage(child.pid) ?? last;
  }, SAMPLE_MS);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-MESSAGE_LENGTH);
  });
  let end = start;
  child.once('exit', () => {
    end = performance.now();
    clearInterval(sampling);
  });
  try {
    const [code, killedBy] = await once(child, 'close');
    if (code !== 0) throw new Error(`${program} ended with ${code ?? killedBy}: ${said.trim()}`);
  } finally {
    clearTimeout(patience);
    clearInterval(sampling);
  }
  return usageOf((end - start) / 1000, last);
}

function usageOf(wall: number, last: ProcessUsage | null): Usage {
  return { wall, cpu: last?.cpu ?? null, peak: last?.peak ?? null };
}
