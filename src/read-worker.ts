import { parentPort, workerData } from 'node:worker_threads';
import { InputError } from './errors.js';
import { buffersOf } from './flow/log.js';
import type { NamedSource } from './read-all.js';
import type { FromReader } from './read-apart.js';
import { readVantage } from './read-vantage.js';

/** The inside of a thread that reads one vantage; `read-apart.ts` is its other end. */
const { vantage, source } = workerData as NamedSource;

function send(message: FromReader, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

try {
  const { log, ...rest } = await readVantage(vantage, source, (progress) => send({ progress }));
  const detached = log.detach();
  send({ record: { ...rest, log: detached } }, buffersOf(detached));
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  send({ unusable: error.message });
}
