/**
 * Spreads three words over 32 bits: rounds as in MurmurHash3 (Austin Appleby, public domain), one for each word.
 * @param seed drawn at random where a key comes from packets: nobody can then prepare keys that fall together
 */
export function mix(a: number, b: number, c: number, seed: number): number {
  let value = Math.imul(a ^ seed, 0x9e3779b1);
  value = Math.imul(value ^ (value >>> 15) ^ b, 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13) ^ c, 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
