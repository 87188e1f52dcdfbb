import { InputError } from '../errors.js';
import type { Deps } from './analysis.js';
import { analyze } from './commands/analyze.js';
import { loadCommand } from './commands/index.js';
import { type Io, processIo } from './io.js';

const UNUSABLE = 2;
const NAME = 'rst-analyze';

/** The program: arguments in, exit code out. Loads no more than the arguments ask for, so that help comes at once. */
export async function main(argv: readonly string[], io: Io = processIo(), deps?: Deps): Promise<number> {
  try {
    const command = await loadCommand(argv[0]);
    return await (command === null ? analyze(argv, io, deps) : command(argv.slice(1), io, deps));
  } catch (error) {
    await io.stderr.write(await describe(error, io.env));
    return UNUSABLE;
  }
}

/** One line for what the user can put right, one that asks for a report for what we have to. */
async function describe(error: unknown, env: Io['env']): Promise<string> {
  const { escapeForTerminal } = await import('../report/escape.js');
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof InputError) return `${NAME}: ${escapeForTerminal(message)}\n`;
  const hint = 'please report it (RST_ANALYZE_DEBUG=1 adds where it happened)';
  const line = `${NAME}: this is a bug in ${NAME}, ${hint}: ${escapeForTerminal(message)}\n`;
  const stack = error instanceof Error && env.RST_ANALYZE_DEBUG ? (error.stack ?? '') : '';
  return stack === ''
    ? line
    : line +
        stack
          .split('\n')
          .map((entry) => `${escapeForTerminal(entry)}\n`)
          .join('');
}
