import { Command, CommanderError, Option } from 'commander';
import { InputError } from '../errors.js';
import { FORMAT_NAMES } from '../report/index.js';
import { VERSION } from '../version.js';
import { capturesOf, type NamedCapture } from './captures.js';

/** The command line, read but not yet checked against the world. */
export interface Options {
  readonly captures: readonly NamedCapture[];
  readonly lb: readonly string[];
  readonly where: readonly string[];
  readonly failOn: readonly string[];
  readonly format: string | undefined;
  readonly output: string | undefined;
  /** Whether an independent second reader checks the frames that are cited. */
  readonly secondReader: boolean;
  readonly verbose: boolean;
  readonly quiet: boolean;
  /** Undefined when neither `--color` nor `--no-color` was given. */
  readonly color: boolean | undefined;
  readonly progress: boolean;
}

/** What a command line asks for: a run, or a text to print, such as the help. */
export type Asked = { readonly run: Options } | { readonly print: string };

/** As commander hands them over: what was not given is not there. */
type Flags = Partial<Omit<Options, 'captures' | 'progress'>> & {
  readonly r?: readonly string[];
  readonly vantage?: readonly string[];
  readonly json?: true;
  readonly progress: boolean;
};

const HELP_WIDTH = 80;

const DESCRIPTION = `Says for every TCP reset who sent it and why, from a capture on each side of a
load balancer (LB), and checks it against the LB's effective timeout.

Examples:
  rst-analyze client.pcap server.pcap
  rst-analyze --lb lb.json client.pcap server.pcap      # against its timeouts
  rst-analyze --lb azure-standard:idle=15m client.pcap server.pcap
  rst-analyze -v --where 10.0.0.5:443 client.pcap server.pcap
  rst-analyze --fail-on any -o report.json client.pcap server.pcap
  rst-analyze client-ring/ server-ring/          # all files of a ring
  rst-analyze --vantage client=if:eth0,server=if:eth1 both.pcapng
  tcpdump -i eth0 -w - tcp | rst-analyze -             # one side, from a pipe`;

const EXIT_CODES = `
Exit codes:
  0  nothing was found that --fail-on names
  1  something was found that --fail-on names
  2  the call or the input is unusable; standard error says why`;

/** Reads the command line. An unusable one is an InputError. */
export function parseArguments(argv: readonly string[]): Asked {
  let printed = '';
  const program = createProgram((text) => {
    printed += text;
  });
  try {
    program.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { print: printed };
    throw new InputError(usageMessage(error.message));
  }
  return { run: toOptions(program.opts<Flags>(), program.args) };
}

function createProgram(print: (text: string) => void): Command {
  const program = new Command('rst-analyze')
    .usage('[options] <client-capture> [server-capture]')
    .description(DESCRIPTION)
    .argument('[captures...]', "pcap or pcapng, also compressed; '-' is standard input")
    .addHelpText('after', EXIT_CODES)
    .configureHelp({ helpWidth: HELP_WIDTH, visibleArguments: () => [] })
    .configureOutput({ writeOut: print, writeErr: () => {} })
    .exitOverride()
    .version(VERSION, '-V, --version', 'print the version');
  for (const option of allOptions()) program.addOption(option);
  return program.helpOption('-h, --help', 'print this help');
}

function allOptions(): Option[] {
  return [
    new Option('-l, --lb <file or preset>', "the LB's configuration or a preset, repeatable").argParser(
      collect,
    ),
    new Option('-f, --format <name>', `${FORMAT_NAMES.join(', ')} (default: table)`).conflicts('json'),
    new Option('--json', 'the same as -f json'),
    new Option('-o, --output <file>', 'write the report there; its ending chooses the format'),
    new Option(
      '--fail-on <what,...>',
      'what makes the exit code 1: class names, violation (default), any, none',
    ).argParser(collectList),
    new Option('--where <host[:port],...>', 'only these connections').argParser(collectList),
    new Option('-v, --verbose', 'all the evidence, every finding').conflicts('quiet'),
    new Option('-q, --quiet', 'only the summary line'),
    new Option(
      '--vantage <side=where,...>',
      'client= or server= a file (each file of a ring), or if:eth0, an interface of the one capture',
    ).argParser(collect),
    new Option('--second-reader', 'read cited frames once more, with the independent pcap-parser'),
    new Option('-r <file>', 'a capture, as tcpdump and tshark take it').argParser(collect),
    new Option('--color', 'colours even where no terminal is'),
    new Option('--no-color', 'no colours (also NO_COLOR, FORCE_COLOR)'),
    new Option('--no-progress', 'no progress on standard error'),
  ];
}

function toOptions(flags: Flags, positional: readonly string[]): Options {
  return {
    captures: capturesOf([...(flags.r ?? []), ...positional], flags.vantage ?? []),
    lb: flags.lb ?? [],
    where: flags.where ?? [],
    failOn: flags.failOn ?? ['violation'],
    format: flags.json ? 'json' : flags.format,
    output: flags.output,
    secondReader: flags.secondReader === true,
    verbose: flags.verbose === true,
    quiet: flags.quiet === true,
    color: flags.color,
    progress: flags.progress,
  };
}

/** For options that may be given several times. */
function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

/** For options that may be given several times, each time with several words. */
function collectList(value: string, previous: readonly string[] = []): readonly string[] {
  const words = value.split(',').map((word) => word.trim());
  return [...previous, ...words.filter((word) => word !== '')];
}

/** Commander's message as part of one line of ours. */
function usageMessage(message: string): string {
  const [first, ...hints] = message.replace(/^error: /, '').split('\n');
  const hint = hints.length > 0 ? ` ${hints.join(' ').replace('(Did you', '(did you')}` : '';
  return `${first}${hint}; --help lists the options`;
}
