import { InputError } from '../errors.js';
import { DamagedStream } from './compression/damaged-stream.js';
import { COMPRESSION_MAGIC, COMPRESSIONS } from './compression.js';
import { PeekSource } from './peek.js';
import type { ReadWarning } from './reader.js';
import { type ByteSource, chunkSource } from './source.js';

/** A file that was compressed once more on its way; more layers are somebody's joke. */
const MOST_LAYERS = 2;

/** The content of a capture file, decompressed where it is compressed. */
export interface Unpacked {
  readonly source: ByteSource;
  /** What went wrong on the way, filled while reading. */
  readonly warnings: ReadWarning[];
}

/** Takes off the compression that the content shows. A damaged stream ends early, with a warning. */
export async function unpack(path: string, packed: PeekSource): Promise<Unpacked> {
  const warnings: ReadWarning[] = [];
  let source = packed;
  for (let layers = 0; ; layers += 1) {
    const head = await source.peek(COMPRESSION_MAGIC);
    const compression = COMPRESSIONS.find((one) => head.length === COMPRESSION_MAGIC && one.recognises(head));
    if (compression === undefined) return { source, warnings };
    if (layers === MOST_LAYERS)
      throw new InputError(`${path} is compressed more than twice; decompress it first`);
    source = new PeekSource(guarded(path, compression.name, compression.inflate(source), warnings));
  }
}

function guarded(
  path: string,
  name: string,
  content: AsyncGenerator<Uint8Array, void, undefined>,
  warnings: ReadWarning[],
): ByteSource {
  const inner = chunkSource(content);
  let given = 0;
  return {
    size: null,
    async read(target, at, length) {
      try {
        const count = await inner.read(target, at, length);
        given += count;
        return count;
      } catch (error) {
        if (error instanceof InputError) throw new InputError(`${path} ${error.message}`);
        if (!(error instanceof DamagedStream)) throw error;
        warnings.push(damage(name, error.message, given));
        return 0;
      }
    },
    close: () => inner.close(),
  };
}

function damage(name: string, reason: string, given: number): ReadWarning {
  const message = `the ${name} stream is cut or damaged (${reason}): it gave ${given} bytes, which were analysed`;
  return { code: 'compression-damaged', message, frame: null, byteOffset: given };
}
