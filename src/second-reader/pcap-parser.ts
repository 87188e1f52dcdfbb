import { createRequire } from 'node:module';
import { LENGTHS_IN_ORDER, readPcapHeader } from '../capture/pcap/header.js';
import { FILE_HEADER_LENGTH } from '../capture/pcap/variants.js';
import { PeekSource } from '../capture/peek.js';
import { openSource } from '../capture/source.js';
import { unpack } from '../capture/unpack.js';
import { ByteWindow } from '../capture/window.js';
import { GuardedParser } from './guarded-parser.js';
import type { NamedReader, Reading, Refusal } from './reading.js';

const manifest = createRequire(import.meta.url)('pcap-parser/package.json') as { version: string };

/** The one magic number that it knows (draft-ietf-opsawg-pcap, 4). */
const MICROSECOND_MAGIC = 0xa1b2c3d4;
/** Small: it copies what is left of one piece together with the next one. */
const PIECE = 1 << 17;

/** npm's `pcap-parser`: written by others, and shares no line with our reader. */
export const pcapParser: NamedReader = { name: `pcap-parser ${manifest.version}`, read };

async function read(path: string, wanted: ReadonlySet<number>): Promise<Reading | Refusal> {
  const file = new PeekSource(await openSource(path));
  try {
    const { source } = await unpack(path, file);
    try {
      return await parseAll(new ByteWindow(source, PIECE), wanted);
    } finally {
      await source.close();
    }
  } finally {
    await file.close();
  }
}

/**
 * Captures of nanoseconds are shown to it as captures of microseconds: it hands the second field of a record on
 * unchanged, whatever its unit.
 */
async function parseAll(window: ByteWindow, wanted: ReadonlySet<number>): Promise<Reading | Refusal> {
  await window.require(FILE_HEADER_LENGTH);
  const header = readPcapHeader(window.view, window.start, window.end);
  const variant = header?.variants[0];
  if (header == null || variant === undefined) return { refusal: 'it has no header of a classic capture' };
  if (header.lengthOrder !== LENGTHS_IN_ORDER)
    return { refusal: 'its version has the lengths of a record in another order' };
  window.view.setUint32(window.start, MICROSECOND_MAGIC, header.little);
  const parser = new GuardedParser(wanted, BigInt(variant.fractionUnit));
  while (parser.feed(piece(window)) && (await window.fill()));
  return parser.reading();
}

/** What the window holds, as a copy: the parser keeps parts of it. */
function piece(window: ByteWindow): Uint8Array {
  const bytes = Buffer.from(window.bytes.subarray(window.start, window.end));
  window.start = window.end;
  return bytes;
}
