import { extname, resolve } from 'node:path';
import { InputError } from '../errors.js';
import { FORMAT_NAMES, formatOfEnding } from '../report/index.js';
import type { Options } from './commands/analyze.js';
import type { Io } from './io.js';

const TERMINAL_FORMAT = 'table';

/** The format that is asked for: by name, by the ending of the output file, or the one for people. */
export function chooseFormat({ format, output }: Pick<Options, 'format' | 'output'>): string {
  if (format !== undefined) return format;
  if (!toFile(output)) return TERMINAL_FORMAT;
  const byEnding = formatOfEnding(extname(output));
  if (byEnding !== null) return byEnding;
  throw new InputError(
    `no format goes with the ending of ${output}: choose one with -f (${FORMAT_NAMES.join(', ')})`,
  );
}

/** Whether the report goes into a file. */
export function toFile(output: string | undefined): output is string {
  return output !== undefined && output !== '-';
}

/** Refuses an output file that is one of the inputs: a slip of the fingers must not cost a capture. */
export function checkOutput({ output, captures, lb }: Pick<Options, 'output' | 'captures' | 'lb'>): void {
  if (output === '') throw new InputError('the name of the output file is empty');
  if (!toFile(output)) return;
  const clash = [...captures.map(({ path }) => path), ...lb].find(
    (path) => path !== '-' && resolve(path) === resolve(output),
  );
  if (clash !== undefined)
    throw new InputError(`the output ${output} is also an input and would be overwritten`);
}

const REASONS = new Map([
  ['ENOENT', 'its folder does not exist'],
  ['ENOTDIR', 'its folder is a file'],
  ['EISDIR', 'it is a folder'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EROFS', 'the file system is read-only'],
  ['ENOSPC', 'no space left'],
]);

/** Writes the report where it belongs. */
export async function deliver(text: string, output: string | undefined, io: Io): Promise<void> {
  if (!toFile(output)) return io.stdout.write(text);
  try {
    await io.writeFile(output, text);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new InputError(
      `cannot write ${output}: ${REASONS.get(code) ?? (error instanceof Error ? error.message : code)}`,
    );
  }
}
