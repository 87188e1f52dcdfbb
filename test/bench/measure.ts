import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { watchProcess } from './process-usage.js';

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

/** A command that ended with an exit code other than 0, or was killed. */
export class CommandFailure extends Error {}

const MILLISECONDS = 1000;
/** No command may take longer. */
const PATIENCE_MS = 15 * 60_000;
const MESSAGE_LENGTH = 500;

/**
 * Runs a command with its output thrown away. Memory and processor time are sampled: what the last few milliseconds
 * add to them is missed.
 * @throws CommandFailure with the end of standard error when it fails, AbortError when the signal stopped it.
 */
export async function measure([program, ...args]: Command, signal?: AbortSignal): Promise<Usage> {
  const start = performance.now();
  const child = spawn(program, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(signal && { signal }),
  });
  const patience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  const used = watchProcess(child.pid);
  const lastWords = collectEnd(child.stderr);
  let end = start;
  child.once('exit', () => {
    end = performance.now();
  });
  try {
    const [code, killedBy] = await once(child, 'close');
    // An interrupt from the keyboard ends the command and this program at the same moment.
    if (killedBy === 'SIGINT') await setImmediate();
    signal?.throwIfAborted();
    if (code !== 0) throw new CommandFailure(`${program} ended with ${code ?? killedBy}: ${lastWords()}`);
    return { wall: (end - start) / MILLISECONDS, cpu: used()?.cpu ?? null, peak: used()?.peak ?? null };
  } finally {
    clearTimeout(patience);
    used();
  }
}

/** Reads a stream to its end and remembers the last of it. */
function collectEnd(stream: Readable): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (more: string) => {
    text = (text + more).slice(-MESSAGE_LENGTH);
  });
  return () => text.trim();
}

/** What a command that failed said. @throws what is no such failure, above all an interrupt. */
export function failureOf(error: unknown): string {
  if (!(error instanceof CommandFailure)) throw error;
  return error.message;
}
