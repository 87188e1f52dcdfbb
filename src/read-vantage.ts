import { filesOf } from './capture/files.js';
import type { VantageRecord } from './flow/vantage-record.js';
import { VantageReading } from './vantage-reading.js';

/** How far reading has come. */
export interface ReadProgress {
  readonly vantage: string;
  readonly bytes: number;
  readonly totalBytes: number | null;
  readonly frames: number;
}

/** What one vantage is read from. */
export interface VantageSource {
  /** Files that follow one another, or a directory of them; `-` alone is standard input. */
  readonly paths: readonly string[];
  /** Name or number of the one interface whose frames are wanted; absent for all. */
  readonly interface?: string;
}

/**
 * Reads one vantage from its bytes to its connections.
 * @throws InputError when a path is not a capture that can be read.
 */
export async function readVantage(
  vantage: string,
  source: string | VantageSource,
  onProgress?: (progress: ReadProgress) => void,
  signal?: AbortSignal,
): Promise<VantageRecord> {
  const { paths, interface: choice }: VantageSource =
    typeof source === 'string' ? { paths: [source] } : source;
  const { files, totalBytes, warnings } = await filesOf(paths);
  const reading = new VantageReading(choice ?? null, files.length > 1, signal);
  for (const [i, file] of files.entries()) {
    if (i > 0 && signal?.aborted) break;
    await reading.read(file, (bytes, size, frames) =>
      onProgress?.({ vantage, bytes, totalBytes: totalBytes ?? size, frames }),
    );
  }
  const record = reading.finish();
  return {
    ...record,
    vantage,
    path: pathOf(paths),
    warnings: [...warnings, ...record.warnings],
    ...(choice === undefined ? {} : { interface: choice }),
  };
}

function pathOf([first = '', ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}
