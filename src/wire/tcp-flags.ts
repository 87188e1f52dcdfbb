/** Control bits of a TCP header (RFC 9293, 3.1). */
export const FIN = 0x01;
export const SYN = 0x02;
export const RST = 0x04;
export const PSH = 0x08;
export const ACK = 0x10;
export const URG = 0x20;

const LETTERS: readonly [number, string][] = [
  [SYN, 'S'],
  [FIN, 'F'],
  [RST, 'R'],
  [PSH, 'P'],
  [ACK, 'A'],
  [URG, 'U'],
];

/** The bits as letters, such as `SA` or `R`. */
export function flagLetters(flags: number): string {
  return LETTERS.filter(([bit]) => (flags & bit) !== 0)
    .map(([, letter]) => letter)
    .join('');
}
