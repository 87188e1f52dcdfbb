import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { InputError } from '../errors.js';
import { Frame } from './frame.js';
import { openCapture } from './open.js';
import type { ReadWarning } from './reader.js';
import { STDIN_PATH } from './source.js';
import { TimeLine } from './time-line.js';

/** One file of a vantage. */
export interface CaptureFile {
  readonly path: string;
  /** What frames of it are cited by: its base name, or its path where two files share theirs. */
  readonly label: string;
}

/** The files of one vantage in the order of their first frames. */
export interface FileSet {
  readonly files: readonly CaptureFile[];
  /** Bytes of all of them as they lie on the disk; null for one alone, whose size its reader knows. */
  readonly totalBytes: number | null;
  /** Files of a directory that are no captures. */
  readonly warnings: readonly ReadWarning[];
}

/** Where a file's frames begin; null for one without frames. */
interface Dated {
  readonly path: string;
  readonly first: bigint | null;
}

/** Looking for the first frame, a file is read in small pieces. */
const PEEK_SIZE = 1 << 16;

/**
 * The files that paths stand for: a directory stands for the captures in it. Several are put in order of time.
 * @throws InputError when there is none, or when several cannot be put in order
 */
export async function filesOf(paths: readonly string[]): Promise<FileSet> {
  const kinds = await Promise.all(paths.map(kindOf));
  const only = paths[0];
  if (paths.length === 1 && only !== undefined && kinds[0] !== 'directory')
    return { files: [{ path: only, label: basename(only) }], totalBytes: null, warnings: [] };
  const stream = paths[kinds.indexOf('stream')];
  if (stream !== undefined)
    throw new InputError(
      `${stream} can be read only once; several captures of one side have to be files, or one stream`,
    );
  const warnings: ReadWarning[] = [];
  const dated: Dated[] = [];
  for (const [i, path] of paths.entries()) {
    if (kinds[i] === 'directory') dated.push(...(await datedIn(path, warnings)));
    else dated.push({ path, first: await firstTime(path) });
  }
  const files = labelled(dated.sort(byTime).map(({ path }) => path));
  const sizes = await Promise.all(files.map(async ({ path }) => (await stat(path)).size));
  return { files, totalBytes: sizes.reduce((sum, size) => sum + size, 0), warnings };
}

type Kind = 'file' | 'directory' | 'stream';

/** What a path is; a missing one is called a file, and opening it will say so. */
async function kindOf(path: string): Promise<Kind> {
  if (path === STDIN_PATH) return 'stream';
  const about = await stat(path).catch(() => null);
  if (about?.isDirectory()) return 'directory';
  return about === null || about.isFile() ? 'file' : 'stream';
}

/** The captures right in a directory. What is none is passed over with a warning: notes, keys, an empty ring file. */
async function datedIn(directory: string, warnings: ReadWarning[]): Promise<Dated[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ name }) => name);
  const found: Dated[] = [];
  for (const path of names.sort().map((name) => join(directory, name))) {
    try {
      found.push({ path, first: await firstTime(path) });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const message = `passed over: ${error.message}`;
      warnings.push({ code: 'not-a-capture', message, frame: null, byteOffset: null });
    }
  }
  if (found.length > 0) return found;
  throw new InputError(`${directory} holds no capture that can be read, in ${names.length} files`);
}

async function firstTime(path: string): Promise<bigint | null> {
  const timeLine = new TimeLine();
  const { reader, window, close } = await openCapture(path, { timeLine, readSize: PEEK_SIZE });
  const frame = new Frame();
  try {
    while (!reader.next(frame) && !window.ended) await window.fill();
    return timeLine.base;
  } finally {
    await close();
  }
}

/** Files without frames come last. Ring files of one second may begin alike: then their numbers decide. */
function byTime(a: Dated, b: Dated): number {
  if (a.first !== null && b.first !== null && a.first !== b.first) return a.first < b.first ? -1 : 1;
  if ((a.first === null) !== (b.first === null)) return a.first === null ? 1 : -1;
  return a.path.localeCompare(b.path, 'en', { numeric: true });
}

function labelled(paths: readonly string[]): CaptureFile[] {
  const names = paths.map((path) => basename(path));
  return paths.map((path, i) => {
    const name = names[i] as string;
    return { path, label: names.indexOf(name) === names.lastIndexOf(name) ? name : path };
  });
}
