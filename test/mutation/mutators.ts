import type { Random } from '../bench/random.js';
import { join } from '../support/bytes.js';
import { type Layout, layoutOf, type Piece } from './layout.js';

/** One way to damage a capture. May write into `bytes`, which are a copy, or return others. */
export interface Mutator {
  readonly name: string;
  mutate(bytes: Uint8Array, random: Random, another: () => Uint8Array): Uint8Array;
}

/** What length fields, counters and bytes are set to. */
const EXTREMES = [
  0, 1, 2, 3, 4, 7, 8, 11, 12, 15, 16, 20, 28, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x1_0000,
  0x1_00ff, 0x4_0000, 0x4_0001, 0x10_0000, 0x100_0000, 0x7fff_ffff, 0x8000_0000, 0xffff_fffc, 0xffff_ffff,
];
/** Off by little: what a field holds already, and this. */
const NUDGES = [-4, -1, 1, 4];
const MOST_EDITS = 8;
const MOST_INSERTED = 200;
/** Headers down to TCP are within this of a frame's start. */
const FRAME_HEADERS = 80;
const FILE_START = 64;

function times(random: Random, most: number, act: () => void): void {
  for (let left = 1 + random.below(most); left > 0; left -= 1) act();
}

function pick<Item>(items: readonly Item[], random: Random): Item {
  return items[random.below(items.length)];
}

function changeByte(bytes: Uint8Array, at: number, random: Random): void {
  bytes[at] = random.below(2) === 0 ? random.below(256) : pick(EXTREMES, random);
}

/** Pieces put together again, behind the file header; what follows the last one stays the end. */
function rebuilt(bytes: Uint8Array, { headerLength, pieces }: Layout, order: readonly Piece[]): Uint8Array {
  const rest = pieces.at(-1)?.end ?? headerLength;
  const parts = order.map(({ at, end }) => bytes.subarray(at, end));
  return join(bytes.subarray(0, headerLength), ...parts, bytes.subarray(rest));
}

/** A mutator of the order of pieces; bytes without any stay as they are. */
function ofPieces(name: string, reorder: (pieces: Piece[], random: Random) => Piece[]): Mutator {
  return {
    name,
    mutate(bytes, random) {
      const layout = layoutOf(bytes);
      if (layout.pieces.length === 0) return bytes;
      return rebuilt(bytes, layout, reorder([...layout.pieces], random));
    },
  };
}

const flipBits: Mutator = {
  name: 'flip-bits',
  mutate(bytes, random) {
    times(random, MOST_EDITS, () => {
      bytes[random.below(bytes.length)] ^= 1 << random.below(8);
    });
    return bytes;
  },
};

const changeBytes: Mutator = {
  name: 'change-bytes',
  mutate(bytes, random) {
    times(random, 2 * MOST_EDITS, () => changeByte(bytes, random.below(bytes.length), random));
    return bytes;
  },
};

const changeStart: Mutator = {
  name: 'change-start',
  mutate(bytes, random) {
    const reach = Math.min(FILE_START, bytes.length);
    times(random, MOST_EDITS, () => changeByte(bytes, random.below(reach), random));
    return bytes;
  },
};

const truncate: Mutator = {
  name: 'truncate',
  mutate: (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1)),
};

const setFields: Mutator = {
  name: 'set-fields',
  mutate(bytes, random) {
    const { fields, little } = layoutOf(bytes);
    if (fields.length === 0) return bytes;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    times(random, MOST_EDITS, () => {
      const at = pick(fields, random);
      const nudged = view.getUint32(at, little) + pick(NUDGES, random);
      view.setUint32(at, random.below(4) === 0 ? nudged : pick(EXTREMES, random), little);
    });
    return bytes;
  },
};

/** Lengths, offsets and protocols inside of frames. */
const changeFrames: Mutator = {
  name: 'change-frames',
  mutate(bytes, random) {
    const { pieces } = layoutOf(bytes);
    if (pieces.length === 0) return bytes;
    times(random, 2 * MOST_EDITS, () => {
      const { at, end } = pick(pieces, random);
      changeByte(bytes, at + random.below(Math.min(FRAME_HEADERS + FILE_START, end - at)), random);
    });
    return bytes;
  },
};

const shuffle = ofPieces('shuffle', (pieces, random) => {
  times(random, pieces.length, () => {
    const [i, k] = [random.below(pieces.length), random.below(pieces.length)];
    [pieces[i], pieces[k]] = [pieces[k], pieces[i]];
  });
  return pieces;
});

const duplicate = ofPieces('duplicate', (pieces, random) => {
  times(random, 2 * MOST_EDITS, () => pieces.splice(random.below(pieces.length), 0, pick(pieces, random)));
  return pieces;
});

const remove = ofPieces('remove', (pieces, random) => {
  times(random, 2 * MOST_EDITS, () => pieces.splice(random.below(pieces.length), 1 + random.below(3)));
  return pieces;
});

const insert: Mutator = {
  name: 'insert',
  mutate(bytes, random) {
    const at = random.below(bytes.length + 1);
    const filling = random.below(2) === 0 ? () => random.below(256) : () => 0;
    const extra = Uint8Array.from({ length: 1 + random.below(MOST_INSERTED) }, filling);
    return join(bytes.subarray(0, at), extra, bytes.subarray(at));
  },
};

/** The beginning of one capture and the end of another one, at the seams of pieces or anywhere. */
const splice: Mutator = {
  name: 'splice',
  mutate(bytes, random, another) {
    const other = another();
    return join(bytes.subarray(0, cutOf(bytes, random)), other.subarray(cutOf(other, random)));
  },
};

function cutOf(bytes: Uint8Array, random: Random): number {
  const { pieces } = layoutOf(bytes);
  return pieces.length > 0 && random.below(2) === 0
    ? pick(pieces, random).at
    : random.below(bytes.length + 1);
}

export const MUTATORS: readonly Mutator[] = [
  flipBits,
  changeBytes,
  changeStart,
  truncate,
  setFields,
  changeFrames,
  shuffle,
  duplicate,
  remove,
  insert,
  splice,
];
