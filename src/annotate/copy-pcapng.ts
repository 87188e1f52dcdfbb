import {
  ENHANCED_PACKET,
  isPossibleLength,
  OLD_PACKET,
  SECTION_HEADER,
  SMALLEST_BLOCK,
  sectionIsLittle,
  TRAILER_LENGTH,
} from '../capture/pcapng/blocks.js';
import { withComment, withoutLength } from '../capture/pcapng/write.js';
import { PeekSource } from '../capture/peek.js';
import { openSource } from '../capture/source.js';
import { TimeLine } from '../capture/time-line.js';
import { unpack } from '../capture/unpack.js';
import { ByteWindow } from '../capture/window.js';
import type { Comments } from './comments.js';
import { eachFrame } from './frames.js';
import type { Sink } from './sink.js';

/** Comments by where the block of their frame begins in the uncompressed file. */
type Places = ReadonlyMap<number, string>;

/**
 * Writes a pcapng file once more, byte for byte, with a comment more on each cited frame. A section that said how long
 * it is says so no longer. Damaged stretches are copied as they are.
 * @returns how many comments had no place: simple packet blocks have no room for any
 */
export async function copyPcapng(path: string, comments: Comments, sink: Sink): Promise<number> {
  const places = await placesOf(path, comments);
  const file = new PeekSource(await openSource(path));
  try {
    const { source } = await unpack(path, file);
    return await new Copy(new ByteWindow(source), places, sink).run();
  } finally {
    await file.close();
  }
}

async function placesOf(path: string, comments: Comments): Promise<Places> {
  const places = new Map<number, string>();
  await eachFrame(path, new TimeLine(), ({ number, byteOffset }) => {
    const comment = comments.get(number);
    if (comment !== undefined) places.set(byteOffset, comment);
    return undefined;
  });
  return places;
}

class Copy {
  #little = true;
  #unplaced = 0;
  readonly #stops: readonly number[];

  constructor(
    private readonly window: ByteWindow,
    private readonly places: Places,
    private readonly sink: Sink,
  ) {
    this.#stops = [...places.keys()].sort((a, b) => a - b);
  }

  async run(): Promise<number> {
    while (await this.window.require(1)) {
      const length = await this.#blockLength();
      if (length === null) await this.#copyUpTo(this.#nextStop());
      else await this.#copyBlock(length);
    }
    return this.#unplaced;
  }

  /** The length of the block at the window's start; null where none begins. */
  async #blockLength(): Promise<number | null> {
    const { window } = this;
    if (!(await window.require(SMALLEST_BLOCK))) return null;
    if (window.view.getUint32(window.start, true) === SECTION_HEADER)
      this.#little = sectionIsLittle(window.view, window.start) ?? this.#little;
    const type = window.view.getUint32(window.start, this.#little);
    const length = window.view.getUint32(window.start + 4, this.#little);
    if (!isPossibleLength(type, length) || !(await window.require(length))) return null;
    const again = window.view.getUint32(window.start + length - TRAILER_LENGTH, this.#little);
    return again === length ? length : null;
  }

  async #copyBlock(length: number): Promise<void> {
    const { window } = this;
    const comment = this.places.get(window.position(window.start));
    const block = window.bytes.subarray(window.start, window.start + length);
    const type = window.view.getUint32(window.start, this.#little);
    window.start += length;
    if (type === SECTION_HEADER) return this.sink.write(withoutLength(block));
    if (comment === undefined) return this.sink.write(block);
    if (type === ENHANCED_PACKET || type === OLD_PACKET)
      return this.sink.write(withComment(block, this.#little, comment));
    this.#unplaced += 1;
    return this.sink.write(block);
  }

  /** The next place where a cited block is known to begin: at the latest there, blocks can be told again. */
  #nextStop(): number {
    const here = this.window.position(this.window.start);
    return this.#stops.find((stop) => stop > here) ?? Number.POSITIVE_INFINITY;
  }

  async #copyUpTo(stop: number): Promise<void> {
    const { window } = this;
    while (window.position(window.start) < stop && (await window.require(1))) {
      const piece = Math.min(window.available, stop - window.position(window.start));
      await this.sink.write(window.bytes.subarray(window.start, window.start + piece));
      window.start += piece;
    }
  }
}
