import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { join as joined } from '../support/bytes.js';
import { committedCaptures, corpusFolder } from '../support/captures.js';
import { Blocks, comment, interfaceName } from '../support/pcapng.js';
import { ROOT } from '../support/root.js';
import { layoutOf } from './layout.js';

/** A capture that mutants are made of. */
export interface Source {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The capture of the other side, to be read together with the mutant; null where there is none. */
  readonly partner: string | null;
}

/** Larger captures are cut, so that every mutant is a small one. */
const LARGEST = 1 << 17;
const RECORD_HEADER = 16;

/** The committed captures, as they are and as pcapng, and those of the corpus where it is asked for and there. */
export function sources(withCorpus: boolean): Source[] {
  const committed = committedCaptures().flatMap(committedSources);
  const folder = withCorpus ? corpusFolder() : null;
  return folder === null ? committed : [...committed, ...corpusSources(join(folder, 'public'))];
}

function committedSources(name: string): Source[] {
  const path = join(ROOT, name);
  const bytes = readFileSync(path);
  const other = basename(name) === 'client.pcap' ? 'server.pcap' : 'client.pcap';
  const partner = join(path, '..', other);
  return [
    { name, bytes, partner },
    { name: `${name} as pcapng`, bytes: asPcapng(bytes), partner },
  ];
}

function corpusSources(folder: string): Source[] {
  return readdirSync(folder)
    .sort()
    .map((name) => ({
      name,
      bytes: readFileSync(join(folder, name)).subarray(0, LARGEST),
      partner: null,
    }))
    .filter(({ bytes }) => bytes.length > 0);
}

/** A committed capture (little endian, microseconds) as pcapng, with a block of every kind that is read. */
function asPcapng(file: Buffer): Uint8Array {
  const blocks = new Blocks();
  const packets = layoutOf(file).pieces.map(({ at, end }, i) =>
    blocks.packet(file.subarray(at + RECORD_HEADER, end), {
      time: BigInt(file.readUInt32LE(at)) * 1_000_000n + BigInt(file.readUInt32LE(at + 4)),
      original: file.readUInt32LE(at + 12),
      options: i % 8 === 0 ? [comment('seen')] : [],
    }),
  );
  const described = blocks.interface(file.readUInt32LE(20), [interfaceName('eth0')]);
  const others = [
    blocks.simplePacket([1]),
    blocks.oldPacket([2]),
    blocks.statistics(0, [[5, blocks.u64(0n)]]),
  ];
  return joined(blocks.section(), described, ...packets, ...others);
}
