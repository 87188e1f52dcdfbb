const GROUPS = 8;
const HEX = 16;

/** An address as captures are printed with it, dotted or by RFC 5952, as its 4 or 16 bytes. */
export function ipBytes(ip: string): Uint8Array {
  if (!ip.includes(':')) return Uint8Array.from(ip.split('.'), Number);
  const [head, tail] = ip.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const zeros = tail === undefined ? 0 : GROUPS - head.length - tail.length;
  const groups = [...head, ...Array<string>(zeros).fill('0'), ...(tail ?? [])];
  return Uint8Array.from(
    groups.flatMap((group) => {
      const value = Number.parseInt(group, HEX);
      return [value >>> 8, value & 0xff];
    }),
  );
}

/** The bytes of an address as text: dotted, or by RFC 5952 (`URL` writes it so). */
export function ipText(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: GROUPS }, (_, i) =>
    ((bytes[2 * i] << 8) | bytes[2 * i + 1]).toString(HEX),
  );
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}
