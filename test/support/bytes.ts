/** Bytes as tests write them down. */
export type Bytes = Uint8Array | readonly number[];

export function join(...parts: readonly Bytes[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** 16 bits in network order. */
export function u16(value: number): number[] {
  return [(value >>> 8) & 0xff, value & 0xff];
}

/** 32 bits in network order. */
export function u32(value: number): number[] {
  return [...u16(value >>> 16), ...u16(value)];
}

export function zeros(count: number): Uint8Array {
  return new Uint8Array(count);
}

/** Printable text as its bytes. */
export function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
