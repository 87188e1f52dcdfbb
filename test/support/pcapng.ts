import { ascii, type Bytes, join, zeros } from './bytes.js';

/** An option of a block: its code and its value. */
export type BlockOption = readonly [code: number, value: Bytes];

/** Writes the blocks of a pcapng file in one byte order. */
export class Blocks {
  constructor(readonly little = true) {}

  u16(value: number): number[] {
    const bytes = [value & 0xff, (value >>> 8) & 0xff];
    return this.little ? bytes : bytes.reverse();
  }

  u32(value: number): number[] {
    const low = [value & 0xff, (value >>> 8) & 0xff];
    const bytes = [...low, (value >>> 16) & 0xff, value >>> 24];
    return this.little ? bytes : bytes.reverse();
  }

  u64(value: bigint): number[] {
    const halves = [Number(value & 0xffff_ffffn), Number((value >> 32n) & 0xffff_ffffn)];
    return (this.little ? halves : halves.reverse()).flatMap((half) => this.u32(half));
  }

  block(type: number, body: Bytes, length = paddedLength(body) + 12): Uint8Array {
    return join(this.u32(type), this.u32(length), padded(body), this.u32(length));
  }

  /** @param sectionLength -1 for unknown */
  section({ major = 1, sectionLength = -1n }: { major?: number; sectionLength?: bigint } = {}): Uint8Array {
    const body = join(this.u32(0x1a2b3c4d), this.u16(major), this.u16(0), this.u64(sectionLength));
    return this.block(0x0a0d0d0a, body);
  }

  interface(linkType = 1, options: readonly BlockOption[] = [], snapLength = 0): Uint8Array {
    const body = join(this.u16(linkType), this.u16(0), this.u32(snapLength), this.options(options));
    return this.block(1, body);
  }

  /** An enhanced packet block; `time` in the units of its interface. */
  packet(
    bytes: Bytes,
    { interface: number = 0, time = 0n, options = [], ...lengths }: PacketForm = {},
  ): Uint8Array {
    const captured = lengths.captured ?? bytes.length;
    const head = join(
      this.u32(number),
      this.#time(time),
      this.u32(captured),
      this.u32(lengths.original ?? captured),
    );
    return this.block(6, join(head, padded(bytes), this.options(options)));
  }

  /** The obsolete packet block. */
  oldPacket(bytes: Bytes, { interface: number = 0, time = 0n }: PacketForm = {}): Uint8Array {
    const head = join(
      this.u16(number),
      this.u16(7),
      this.#time(time),
      this.u32(bytes.length),
      this.u32(bytes.length),
    );
    return this.block(2, join(head, padded(bytes)));
  }

  simplePacket(bytes: Bytes, original = bytes.length): Uint8Array {
    return this.block(3, join(this.u32(original), bytes));
  }

  statistics(number: number, options: readonly BlockOption[]): Uint8Array {
    return this.block(5, join(this.u32(number), this.u64(0n), this.options(options)));
  }

  options(options: readonly BlockOption[]): Uint8Array {
    if (options.length === 0) return zeros(0);
    const all = options.map(([code, value]) => join(this.u16(code), this.u16(value.length), padded(value)));
    return join(...all, this.u32(0));
  }

  #time(time: bigint): number[] {
    return [...this.u32(Number(time >> 32n)), ...this.u32(Number(time & 0xffff_ffffn))];
  }
}

export interface PacketForm {
  interface?: number;
  time?: bigint;
  options?: readonly BlockOption[];
  captured?: number;
  original?: number;
}

export const comment = (text: string): BlockOption => [1, ascii(text)];
export const interfaceName = (text: string): BlockOption => [2, ascii(text)];
export const resolution = (byte: number): BlockOption => [9, [byte]];

function paddedLength(bytes: Bytes): number {
  return Math.ceil(bytes.length / 4) * 4;
}

function padded(bytes: Bytes): Uint8Array {
  return join(bytes, zeros(paddedLength(bytes) - bytes.length));
}
