import { readFileSync } from 'node:fs';
import { Command, CommanderError, type Option } from 'commander';
import { InputError } from '../errors.js';

/** What the help of one way to call the program consists of, besides its options. */
export interface ProgramText {
  /** `rst-analyze`, or `rst-analyze show`. */
  readonly name: string;
  readonly usage: string;
  /** What it does, then examples. */
  readonly description: string;
  /** What stands below the options. */
  readonly after?: string;
}

/** What arguments ask for: a text to print, such as the help, or what was given. */
export type Parsed<Flags> = { readonly print: string } | { readonly flags: Flags; readonly args: string[] };

const HELP_WIDTH = 80;

/** Reads arguments by a list of options. Unusable ones are an InputError. */
export function parseWith<Flags>(
  text: ProgramText,
  options: readonly Option[],
  argv: readonly string[],
): Parsed<Flags> {
  let printed = '';
  const program = createProgram(text, options, (piece) => {
    printed += piece;
  });
  try {
    program.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { print: printed };
    throw new InputError(usageMessage(error.message));
  }
  return { flags: program.opts() as Flags, args: program.args };
}

function createProgram(
  { name, usage, description, after = '' }: ProgramText,
  options: readonly Option[],
  print: (text: string) => void,
): Command {
  const program = new Command(name)
    .usage(usage)
    .description(description)
    .argument('[arguments...]')
    .addHelpText('after', after)
    .configureHelp({ helpWidth: HELP_WIDTH, visibleArguments: () => [] })
    .configureOutput({ writeOut: print, writeErr: () => {} })
    .exitOverride()
    .version(packageVersion(), '-V, --version', 'print the version');
  for (const option of options) program.addOption(option);
  return program.helpOption('-h, --help', 'print this help');
}

/** For options that may be given several times. */
export function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

/** For options that may be given several times, each time with several words. */
export function collectList(value: string, previous: readonly string[] = []): readonly string[] {
  const words = value.split(',').map((word) => word.trim());
  return [...previous, ...words.filter((word) => word !== '')];
}

/** Commander's message as part of one line of ours. */
function usageMessage(message: string): string {
  const [first, ...hints] = message.replace(/^error: /, '').split('\n');
  const hint = hints.length > 0 ? ` ${hints.join(' ').replace('(Did you', '(did you')}` : '';
  return `${first}${hint}; --help lists the options`;
}

function packageVersion(): string {
  const file = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(file) as { version: string }).version;
}
