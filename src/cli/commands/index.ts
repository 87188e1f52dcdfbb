import type { Deps } from '../analysis.js';
import type { Io } from '../io.js';

/** One way to call the program: its own arguments in, exit code out. What cannot be used is an InputError. */
export type Command = (argv: readonly string[], io: Io, deps: Deps | undefined) => Promise<number>;

interface Entry {
  /** What it does, for the list in the help. */
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

/** Every subcommand by its name. A new one is a file beside this one and a line here. */
const COMMANDS = new Map<string, Entry>([
  [
    'check',
    {
      summary: 'all captures of a project file, for CI',
      load: async () => (await import('./check.js')).check,
    },
  ],
  [
    'show',
    {
      summary: 'one finding: its packets, and all that they show',
      load: async () => (await import('./show.js')).show,
    },
  ],
  [
    'lb',
    {
      summary: 'what is known of load balancers, and what a configuration gives a flow',
      load: async () => (await import('./lb.js')).lb,
    },
  ],
]);

/** The subcommand of that name, loaded only now; null where the word is none. */
export function loadCommand(name: string | undefined): Promise<Command> | null {
  return COMMANDS.get(name ?? '')?.load() ?? null;
}

/** A line for each subcommand, for the help. */
export function commandLines(): string {
  const widest = Math.max(...[...COMMANDS.keys()].map((name) => name.length));
  return [...COMMANDS].map(([name, { summary }]) => `  ${name.padEnd(widest)}  ${summary}\n`).join('');
}
