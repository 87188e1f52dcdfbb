import { stat } from 'node:fs/promises';
import { openCapture } from '../capture/open.js';
import { STDIN_PATH } from '../capture/source.js';

/** The formats that have the records of classic captures, as our reader names them. */
const READABLE: ReadonlySet<string> = new Set(['pcap', 'pcap-ns']);
/** Only the format is looked at. */
const READ_SIZE = 1 << 16;

/** Why a file cannot be read a second time by a reader of classic captures; null when it can. */
export async function whyNotApplicable(path: string): Promise<string | null> {
  if (await isStream(path)) return 'what comes through a pipe can be read only once';
  const { reader, close } = await openCapture(path, { readSize: READ_SIZE });
  await close();
  return READABLE.has(reader.format) ? null : `it reads classic captures only, not ${reader.format}`;
}

/** Whether what a path gives is gone once it was read. */
export async function isStream(path: string): Promise<boolean> {
  if (path === STDIN_PATH) return true;
  const about = await stat(path);
  return !about.isFile() && !about.isDirectory();
}
