/**
 * Digests of byte streams that do not depend on how the stream was cut into segments: two polynomials modulo 2^32,
 * taken on byte by byte. Both vantages are read in threads of their own and have to agree, so nothing is drawn by lot.
 */

const MULTIPLIER_0 = 0x01000193;
const MULTIPLIER_1 = 0x85ebca6b;
/** Added to every byte, so that leading zeros count. */
const STEP_0 = 0x9e37;
const STEP_1 = 0xc2b3;

/** A digest of 64 bits that grows with its stream. */
export class Digest {
  a = 0;
  b = 0;

  /** Begins anew, or goes on from where another one stood. */
  resume(a: number, b: number): this {
    this.a = a;
    this.b = b;
    return this;
  }

  /** Takes the bytes from `at` up to `end`. */
  take(bytes: Uint8Array, at: number, end: number): this {
    let { a, b } = this;
    for (let i = at; i < end; i += 1) {
      const byte = bytes[i];
      a = (Math.imul(a, MULTIPLIER_0) + byte + STEP_0) | 0;
      b = (Math.imul(b, MULTIPLIER_1) + byte + STEP_1) | 0;
    }
    this.a = a;
    this.b = b;
    return this;
  }
}
