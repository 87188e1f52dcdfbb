import { type Bytes, join, u16, u32, zeros } from './bytes.js';

const BITS: Readonly<Record<string, number>> = { F: 0x01, S: 0x02, R: 0x04, P: 0x08, A: 0x10, U: 0x20 };

export interface TcpFields {
  sourcePort?: number;
  destinationPort?: number;
  seq?: number;
  ack?: number;
  /** Letters, such as `SA`. */
  flags?: string;
  window?: number;
  options?: readonly Bytes[];
  payload?: Bytes;
  /** Length of the header in words of 4 bytes, where it is to be a lie. */
  words?: number;
}

export function flagBits(letters: string): number {
  return [...letters].reduce((bits, letter) => bits | BITS[letter], 0);
}

/** A TCP segment; its options are padded to whole words with zeros. */
export function tcp(fields: TcpFields = {}): Uint8Array {
  const { sourcePort = 40_000, destinationPort = 443, seq = 1000, ack = 0, flags = 'A' } = fields;
  const bare = join(...(fields.options ?? []));
  const options = join(bare, zeros((4 - (bare.length % 4)) % 4));
  const words = fields.words ?? 5 + options.length / 4;
  return join(
    [...u16(sourcePort), ...u16(destinationPort), ...u32(seq), ...u32(ack)],
    [(words << 4) & 0xff, flagBits(flags), ...u16(fields.window ?? 64_240), 0, 0, 0, 0],
    options,
    fields.payload ?? [],
  );
}

export const NOP = [1];
export const END_OF_OPTIONS = [0];

export function maximumSegmentSize(bytes: number): number[] {
  return [2, 4, ...u16(bytes)];
}

export function windowScale(shift: number): number[] {
  return [3, 3, shift];
}

export function timestamps(value: number, echo = 0): number[] {
  return [8, 10, ...u32(value), ...u32(echo)];
}
