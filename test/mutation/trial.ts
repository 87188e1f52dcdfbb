import { writeFileSync } from 'node:fs';
import { main } from '#src/cli/main.js';
import { fakeIo } from '../cli/fake-io.js';
import type { Mutant } from './mutant.js';

const CODES = [0, 1];
const UNUSABLE = 2;
const ONE_LINE = /^rst-analyze: [^\n]+\n$/;

/** The arguments that a mutant is read with, once it lies at `path`. */
export function argumentsFor({ options, partner }: Mutant, path: string): string[] {
  return [...options, path, ...(partner === null ? [] : [partner])];
}

/** Reads a mutant with the whole program. What was wrong, or null: exit code 0 or 1, or 2 with one line that says why. */
export async function trial(mutant: Mutant, path: string): Promise<string | null> {
  writeFileSync(path, mutant.bytes);
  const io = fakeIo({ env: { RST_ANALYZE_DEBUG: '1' } });
  const code = await main(argumentsFor(mutant, path), io);
  return wrongWith(code, io.err.join(''));
}

/** What is wrong with how a run ended, or null. */
export function wrongWith(code: number | null, said: string): string | null {
  if (code === UNUSABLE)
    return ONE_LINE.test(said) && !said.includes('this is a bug') ? null : `crash: ${said}`;
  if (code === null || !CODES.includes(code)) return `exit code ${code}: ${said}`;
  return said === '' ? null : `exit code ${code}, but on standard error: ${said}`;
}
