import { gzipSync } from 'node:zlib';
import { Random } from '../bench/random.js';
import { zstdStored } from '../support/zstd.js';
import { MUTATORS } from './mutators.js';
import type { Source } from './sources.js';

/** One damaged capture and the call that it is read with. */
export interface Mutant {
  /** Which capture it was and what was done to it. */
  readonly story: string;
  readonly bytes: Uint8Array;
  /** Options of the command line. */
  readonly options: readonly string[];
  /** A sound capture of the other side to read with it, or null. */
  readonly partner: string | null;
}

/** Captures up to here are cut at every byte. */
const SMALL = 1024;
/** One mutant in so many is a capture that was cut, until all small ones were cut everywhere. */
const CUT_ONE_IN = 4;
const MOST_MUTATORS = 3;
/** One in so many goes through a compression, and may be damaged once more behind it. */
const COMPRESS_ONE_IN = 12;
const OPTIONS: readonly (readonly string[])[] = [
  ['--json'],
  ['-v'],
  ['-q', '--where', '10.0.0.0:443'],
  ['-v', '--lb', 'azure-standard:idle=4m,reset=on'],
  ['--json', '--second-reader'],
];
/** Spreads neighbouring numbers: 2^32 divided by the golden ratio. */
const SPREAD = 0x9e3779b1;

/** All mutants of a set of captures: the one with a given number is always the same. */
export class Mutants {
  /** Every cut of every small capture, the smallest first. */
  readonly cuts: readonly (readonly [source: Source, length: number])[];

  constructor(
    private readonly sources: readonly Source[],
    private readonly seed: number,
  ) {
    const small = sources.filter(({ bytes }) => bytes.length <= SMALL);
    const sorted = [...small].sort((a, b) => a.bytes.length - b.bytes.length);
    this.cuts = sorted.flatMap((source) =>
      Array.from({ length: source.bytes.length }, (_, length) => [source, length] as const),
    );
  }

  get(number: number): Mutant {
    const random = new Random(Math.imul(number + 1, SPREAD) ^ this.seed);
    const cut = number % CUT_ONE_IN === 0 ? this.cuts[number / CUT_ONE_IN] : undefined;
    if (cut === undefined) return this.#damaged(random);
    const [{ name, bytes }, length] = cut;
    return {
      story: `${name} cut to ${length}`,
      bytes: bytes.slice(0, length),
      options: ['--json'],
      partner: null,
    };
  }

  #damaged(random: Random): Mutant {
    const source = this.#any(random);
    const done: string[] = [];
    let bytes = source.bytes;
    for (let left = 1 + random.below(MOST_MUTATORS); left > 0; left -= 1) {
      bytes = this.#apply(bytes, random, done);
    }
    if (random.below(COMPRESS_ONE_IN) === 0) bytes = this.#compressed(bytes, random, done);
    const options = OPTIONS[random.below(OPTIONS.length)];
    const partner = random.below(2) === 0 ? source.partner : null;
    return { story: `${source.name}: ${done.join(', ')}`, bytes, options, partner };
  }

  #any(random: Random): Source {
    return this.sources[random.below(this.sources.length)];
  }

  #apply(bytes: Uint8Array, random: Random, done: string[]): Uint8Array {
    if (bytes.length === 0) return bytes;
    const mutator = MUTATORS[random.below(MUTATORS.length)];
    done.push(mutator.name);
    return mutator.mutate(Uint8Array.from(bytes), random, () => this.#any(random).bytes);
  }

  #compressed(bytes: Uint8Array, random: Random, done: string[]): Uint8Array {
    const zstd = random.below(2) === 0;
    done.push(zstd ? 'zstd' : 'gzip');
    const packed = zstd ? zstdStored(bytes) : gzipSync(bytes);
    return random.below(2) === 0 ? packed : this.#apply(packed, random, done);
  }
}
