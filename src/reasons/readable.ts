const FIRST_PRINTABLE = 0x20;
const LAST_PRINTABLE = 0x7e;

/** Bytes from a packet as text: printable ASCII as it is, every other byte as `\xNN`. Safe to show anywhere. */
export function readable(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) =>
    isPrintable(byte) ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`,
  ).join('');
}

/** Whether a byte is a printable ASCII character, or a space. */
export function isPrintable(byte: number): boolean {
  return byte >= FIRST_PRINTABLE && byte <= LAST_PRINTABLE;
}
