import { basename, join, resolve } from 'node:path';
import { filesOf } from '../capture/files.js';
import { openCapture } from '../capture/open.js';
import { InputError } from '../errors.js';
import type { CaptureSummary, Result } from '../result.js';
import { commentsFor } from './comments.js';
import { copyPcap } from './copy-pcap.js';
import { copyPcapng } from './copy-pcapng.js';
import { fileSink } from './sink.js';

/** A copy that was written. */
export interface AnnotatedCopy {
  readonly path: string;
  readonly comments: number;
  /** Comments for which the format has no room: on simple packet blocks. */
  readonly unplaced: number;
}

/** A file of a vantage, and what its frames are cited by. */
interface Original {
  readonly path: string;
  /** Absent where the vantage is one file. */
  readonly label: string | undefined;
}

/**
 * Writes copies of the captures as pcapng into a folder, with a comment on each frame that a finding cites, for
 * Wireshark to show in place (`frame.comment`).
 * @throws InputError when a capture cannot be read again, or a copy would overwrite one
 */
export async function annotate(result: Result, folder: string): Promise<AnnotatedCopy[]> {
  const copies: AnnotatedCopy[] = [];
  for (const capture of result.captures) {
    const originals = await originalsOf(capture);
    for (const { path, label } of originals) {
      const target = join(folder, nameOf(capture, path));
      refuseInputs(target, originals);
      const comments = commentsFor(result.findings, capture.vantage, label);
      const unplaced = await copyOf(path, comments, target);
      copies.push({ path: target, comments: comments.size - unplaced, unplaced });
    }
  }
  return copies;
}

/** The files that a capture was read from. */
export async function originalsOf(capture: CaptureSummary): Promise<Original[]> {
  if (capture.path === '-')
    throw new InputError('standard input cannot be read a second time: name a file to have it annotated');
  if (capture.files !== undefined) return capture.files.map(({ file, path }) => ({ path, label: file }));
  return (await filesOf([capture.path])).files.map(({ path }) => ({ path, label: undefined }));
}

/** `client-trace.pcapng`: both sides may have files of one name. */
function nameOf({ vantage }: CaptureSummary, path: string): string {
  const name = basename(path)
    .replace(/\.(?:gz|zst)$/i, '')
    .replace(/\.(?:pcapng|pcap|cap|dmp)$/i, '');
  return name === vantage ? `${name}.pcapng` : `${vantage}-${name}.pcapng`;
}

function refuseInputs(target: string, originals: readonly Original[]): void {
  if (originals.some(({ path }) => resolve(path) === resolve(target)))
    throw new InputError(`the copy ${target} is also an input and would be overwritten; name another folder`);
}

async function copyOf(path: string, comments: ReadonlyMap<number, string>, target: string): Promise<number> {
  const { reader, close } = await openCapture(path);
  await close();
  const sink = await fileSink(target);
  try {
    if (reader.format === 'pcapng') return await copyPcapng(path, comments, sink);
    await copyPcap(path, comments, sink);
    return 0;
  } finally {
    await sink.close();
  }
}
