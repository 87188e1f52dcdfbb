/** The 4 bytes of a dotted IPv4 address. */
export function ipv4Bytes(text: string): number[] {
  return text.split('.').map(Number);
}

/** The 16 bytes of an IPv6 address; one `::` is understood. */
export function ipv6Bytes(text: string): number[] {
  const [head, tail] = text.split('::').map((part) => (part === '' ? [] : part.split(':')));
  const missing = 8 - head.length - (tail?.length ?? 0);
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...(tail ?? [])];
  return groups.flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >>> 8, value & 0xff];
  });
}
