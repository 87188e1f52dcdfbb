import { type Bytes, join, zeros } from './bytes.js';
import { Blocks } from './pcapng.js';

/** A record of the classic family; time in seconds and the unit of its variant. */
export interface FamilyRecord {
  seconds: number;
  fraction: number;
  bytes: Bytes;
  original?: number;
}

export interface FamilyForm {
  magic: number;
  little?: boolean;
  version?: readonly [major: number, minor: number];
  linkType?: number;
  /** What follows the file header. */
  afterHeader?: Bytes;
  /** What follows the lengths of each record. */
  afterLengths?: Bytes;
  /** The original length first. */
  swapLengths?: boolean;
}

/** A capture of any variant of the classic family. */
export function family(records: readonly FamilyRecord[], form: FamilyForm): Uint8Array {
  const { u16, u32 } = words(form.little ?? true);
  const [major, minor] = form.version ?? [2, 4];
  const header = join(
    u32(form.magic),
    u16(major),
    u16(minor),
    zeros(8),
    u32(65_535),
    u32(form.linkType ?? 1),
  );
  const parts = records.map(({ seconds, fraction, bytes, original = bytes.length }) => {
    const lengths = [u32(bytes.length), u32(original)];
    if (form.swapLengths) lengths.reverse();
    return join(u32(seconds), u32(fraction), ...lengths, form.afterLengths ?? [], bytes);
  });
  return join(header, form.afterHeader ?? [], ...parts);
}

function words(little: boolean) {
  const blocks = new Blocks(little);
  return { u16: (value: number) => blocks.u16(value), u32: (value: number) => blocks.u32(value) };
}
