import { access, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError } from '../errors.js';

/** What a project file may be called, in the order in which they are looked for. */
export const PROJECT_FILES = ['rst-analyze.config.yaml', 'rst-analyze.config.yml', 'rst-analyze.config.json'];

/**
 * The project file of a folder, or of the nearest one above it that has one.
 * @throws InputError when there is none
 */
export async function findProject(folder: string): Promise<string> {
  for (let here = folder; ; here = dirname(here)) {
    for (const name of PROJECT_FILES) if (await exists(join(here, name))) return join(here, name);
    if (dirname(here) === here) break;
  }
  throw new InputError(`no ${PROJECT_FILES[0]} (or .json) here or above; name one with --config`);
}

/** Whether there is a file or a folder of that name. */
export function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/**
 * The text of a file.
 * @throws InputError when it cannot be read
 */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new InputError(`cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
