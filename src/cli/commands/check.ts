import { Option } from 'commander';
import { InputError } from '../../errors.js';
import { CHECK_FORMAT_NAMES } from '../../report/check/index.js';
import { collect, type ProgramText, parseWith } from '../program.js';
import { type TerminalFlags, type TerminalOptions, terminalOptions, toTerminal } from '../shared-options.js';
import type { Command } from './index.js';

/** What `check` was called with. */
export interface CheckOptions extends TerminalOptions {
  readonly config: string | undefined;
  /** What goes to standard output; the table where nothing is said and no file is named. */
  readonly format: string | undefined;
  /** Files that the report goes to, each in the format of its ending. */
  readonly outputs: readonly string[];
  readonly updateBaseline: boolean;
  readonly verbose: boolean;
  readonly quiet: boolean;
}

interface Flags extends TerminalFlags {
  readonly config?: string;
  readonly format?: string;
  readonly output?: readonly string[];
  readonly updateBaseline?: true;
  readonly verbose?: true;
  readonly quiet?: true;
}

const TEXT: ProgramText = {
  name: 'rst-analyze check',
  usage: '[options]',
  description: `Analyses every pair of captures that a project file names, and fails on what the
file does not allow. The file is rst-analyze.config.yaml (or .json), here or in
the nearest folder above.

Example of a project file:
  pairs:
    - name: checkout
      client: captures/client.pcap
      server: captures/server.pcap
  lb: [lb.json, pip.json]
  failOn: [violation]
  allow:
    - class: backend-originated
      frontend: 198.51.100.10:443
      reason: known, being fixed in OPS-123
      expires: 2027-01-31
  baseline: rst-analyze.baseline.json

Examples:
  rst-analyze check
  rst-analyze check -f github
  rst-analyze check -f github -o results.sarif -o summary.md
  rst-analyze check --update-baseline      # what is there now is known`,
  after: `
Exit codes:
  0  nothing new fails
  1  something does
  2  the project file or a capture is unusable; standard error says why`,
};

/** `rst-analyze check` */
export const check: Command = async (argv, io, deps) => {
  const options = [
    new Option('-c, --config <file>', 'the project file'),
    new Option('-f, --format <name>', `${CHECK_FORMAT_NAMES.join(', ')}: what standard output gets`),
    new Option(
      '-o, --output <file>',
      'write the report there in the format of its ending; repeatable',
    ).argParser(collect),
    new Option('--update-baseline', 'write what would fail now into the baseline, and pass'),
    new Option('-v, --verbose', 'all the evidence of what fails').conflicts('quiet'),
    new Option('-q, --quiet', 'only the outcome'),
    ...terminalOptions(),
  ];
  const parsed = parseWith<Flags>(TEXT, options, argv);
  if ('print' in parsed) {
    await io.stdout.write(parsed.print);
    return 0;
  }
  const { flags, args } = parsed;
  if (args.length > 0)
    throw new InputError(
      `check takes its captures from the project file, not '${args[0]}'; name the file with --config`,
    );
  const { runCheck } = await import('../run-check.js');
  return runCheck(
    {
      ...toTerminal(flags),
      config: flags.config,
      format: flags.format,
      outputs: flags.output ?? [],
      updateBaseline: flags.updateBaseline === true,
      verbose: flags.verbose === true,
      quiet: flags.quiet === true,
    },
    io,
    deps,
  );
};
