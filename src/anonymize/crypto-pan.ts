import { createCipheriv } from 'node:crypto';

/** Bytes of a key: half for AES, half for the pad. */
export const KEY_LENGTH = 32;
const BLOCK = 16;
const BYTE = 8;
const TOP_BIT = 0x80;

/**
 * Crypto-PAn: addresses with a common prefix of n bits get others with a common prefix of n bits, and no more. J. Xu,
 * J. Fan, M. Ammar, S. Moon, "Prefix-Preserving IP Address Anonymization" (ICNP 2002); the same for the 128 bits of
 * IPv6.
 */
export class CryptoPan {
  readonly #encrypt: (block: Uint8Array) => Uint8Array;
  readonly #pad: Uint8Array;

  /** @param key 32 bytes; the same key gives the same addresses */
  constructor(key: Uint8Array) {
    if (key.length !== KEY_LENGTH) throw new RangeError(`a key has ${KEY_LENGTH} bytes`);
    const cipher = createCipheriv('aes-128-ecb', key.subarray(0, BLOCK), null).setAutoPadding(false);
    this.#encrypt = (block) => cipher.update(block);
    // A copy: what Node hands out is a Buffer, whose slices share their bytes.
    this.#pad = Uint8Array.from(this.#encrypt(key.subarray(BLOCK)));
  }

  /** The other address for one of 4 or 16 bytes. */
  anonymize(address: Uint8Array): Uint8Array {
    const out = Uint8Array.from(address);
    const input = this.#pad.slice();
    for (let bit = 0; bit < address.length * BYTE; bit += 1) {
      const at = bit >> 3;
      const mask = TOP_BIT >> (bit & 7);
      if ((this.#encrypt(input)[0] & TOP_BIT) !== 0) out[at] ^= mask;
      // The next bit depends on all the bits before it: they take the place of the pad's.
      input[at] = (input[at] & ~mask) | (address[at] & mask);
    }
    return out;
  }
}
