import { Worker } from 'node:worker_threads';
import { InputError } from './errors.js';
import { type DetachedLog, FlowLog } from './flow/log.js';
import type { VantageRecord } from './flow/vantage-record.js';
import type { NamedSource } from './read-all.js';
import type { ReadProgress } from './read-vantage.js';

/** What the thread that reads a capture has to say. */
export type FromReader =
  | { readonly progress: ReadProgress }
  | { readonly record: Omit<VantageRecord, 'log'> & { readonly log: DetachedLog } }
  | { readonly unusable: string };

/** What the thread is told when it is to come to an end with what it has. */
export const END = 'end';

/** A vantage that is being read in a thread of its own. */
export interface Apart {
  /** Rejects with an InputError when a path is not a capture that can be read. */
  readonly record: Promise<VantageRecord>;
  /** Ends the thread, finished or not. */
  stop(): void;
}

/** Reads one vantage in a thread of its own, and takes over what it found without copying it. */
export function readApart(
  what: NamedSource,
  onProgress?: (progress: ReadProgress) => void,
  signal?: AbortSignal,
): Apart {
  const program = new URL('./read-worker.js', import.meta.url);
  // Files of rows that the thread opened are handed over with them: they outlive it.
  const reader = new Worker(program, { workerData: what, trackUnmanagedFds: false });
  const end = () => reader.postMessage(END);
  if (signal?.aborted) end();
  signal?.addEventListener('abort', end, { once: true });
  const record = new Promise<VantageRecord>((resolve, reject) => {
    reader.on('message', (message: FromReader) => {
      if ('progress' in message) onProgress?.(message.progress);
      else if ('unusable' in message) reject(new InputError(message.unusable));
      else resolve({ ...message.record, log: new FlowLog(message.record.log) });
    });
    reader.on('error', reject);
    reader.on('exit', () =>
      reject(new Error(`reading the ${what.vantage}'s capture ended without a result`)),
    );
  });
  const stop = () => {
    signal?.removeEventListener('abort', end);
    void reader.terminate();
  };
  return { record, stop };
}
