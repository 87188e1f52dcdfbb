import { parentPort, workerData } from 'node:worker_threads';
import { InputError } from './errors.js';
import { buffersOf } from './flow/log.js';
import type { NamedSource } from './read-all.js';
import { END, type FromReader } from './read-apart.js';
import { type ReadProgress, readVantage } from './read-vantage.js';

/** The inside of a thread that reads one vantage; `read-apart.ts` is its other end. */
const { vantage, source } = workerData as NamedSource;

function send(message: FromReader, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

/** Aborted when the other end says so. Listening alone does not keep the thread alive. */
function untilTold(): AbortSignal {
  const told = new AbortController();
  parentPort?.on('message', (message) => {
    if (message === END) told.abort();
  });
  parentPort?.unref();
  return told.signal;
}

try {
  const tell = (progress: ReadProgress) => send({ progress });
  const { log, ...rest } = await readVantage(vantage, source, tell, untilTold());
  const detached = log.detach();
  send({ record: { ...rest, log: detached } }, buffersOf(detached));
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  send({ unusable: error.message });
}
