import { stat } from 'node:fs/promises';
import type { VantageRecord } from './flow/vantage-record.js';
import { type Apart, readApart } from './read-apart.js';
import { type ReadProgress, readVantage, type VantageSource } from './read-vantage.js';

/** One vantage, and what it is read from. */
export interface NamedSource {
  readonly vantage: string;
  readonly source: VantageSource;
}

type OnProgress = (progress: ReadProgress) => void;

/** Bytes of files from which on a thread is worth its start. */
const WORTH_A_THREAD = 8 << 20;

/**
 * Reads several vantages, at once where each is large enough: the first in this thread, the others each in their own.
 * @param signal ends the reading where it has come to: what was read until then is the result
 * @throws InputError when a path is not a capture that can be read; what is being read of others is given up
 */
export async function readAll(
  sources: readonly NamedSource[],
  onProgress?: OnProgress,
  signal?: AbortSignal,
): Promise<VantageRecord[]> {
  const worth = await Promise.all(sources.map(({ source }) => isWorthAThread(source)));
  const apart = sources.map((one, i) =>
    i > 0 && worth[0] && worth[i] ? readApart(one, onProgress, signal) : null,
  );
  const failure = failureOf(apart);
  const told: OnProgress = (progress) => {
    if (failure.error !== null) throw failure.error;
    onProgress?.(progress);
  };
  try {
    const records: VantageRecord[] = [];
    for (const [i, { vantage, source }] of sources.entries())
      records.push(await (apart[i]?.record ?? readVantage(vantage, source, told, signal)));
    return records;
  } finally {
    for (const one of apart) one?.stop();
  }
}

/** A pipe is not: it belongs to the main thread. What a directory holds is found by reading it; few are small. */
async function isWorthAThread({ paths }: VantageSource): Promise<boolean> {
  const abouts = await Promise.all(paths.map((path) => stat(path).catch(() => null)));
  const sizes = abouts.map((about) => (about?.isDirectory() ? WORTH_A_THREAD : (about?.size ?? 0)));
  return sizes.reduce((sum, size) => sum + size, 0) >= WORTH_A_THREAD;
}

/** The first error of the other threads: what goes on in this one need not go on then. */
function failureOf(apart: readonly (Apart | null)[]): { error: unknown } {
  const failure: { error: unknown } = { error: null };
  for (const one of apart) {
    one?.record.catch((error: unknown) => {
      failure.error ??= error;
    });
  }
  return failure;
}
