import { randomBytes, scryptSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { anonymize } from '../anonymize/anonymize.js';
import { KEY_LENGTH } from '../anonymize/crypto-pan.js';
import { InputError } from '../errors.js';
import type { Result } from '../result.js';

/** Only parts this use of a secret from others; what keeps addresses hidden is the secret itself. */
const SALT = 'rst-analyze --anonymize';

/**
 * What hides addresses: by the secret in a file, so that other reports get the same ones, or else by a key that is
 * forgotten after this run.
 * @throws InputError where the file cannot be read, or is empty
 */
export async function anonymizer(keyFile: string | undefined): Promise<(result: Result) => Result> {
  const key = keyFile === undefined ? randomBytes(KEY_LENGTH) : await keyOf(keyFile);
  return (result) => anonymize(result, key);
}

async function keyOf(path: string): Promise<Uint8Array> {
  const secret = await readFile(path).catch((error: unknown) => {
    throw new InputError(
      `cannot read the key ${path}: ${error instanceof Error ? error.message : String(error)}`,
    );
  });
  if (secret.length === 0)
    throw new InputError(`the key ${path} is empty; make one: head -c 32 /dev/urandom > ${path}`);
  return scryptSync(secret, SALT, KEY_LENGTH);
}
