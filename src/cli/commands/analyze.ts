import { Option } from 'commander';
import { FORMAT_NAMES } from '../../report/index.js';
import { SORT_KEYS } from '../../report/sort.js';
import { collectList, type ProgramText, parseWith } from '../program.js';
import {
  captureOptions,
  type InputFlags,
  type InputOptions,
  lbOption,
  type TerminalFlags,
  type TerminalOptions,
  terminalOptions,
  toInput,
  toTerminal,
  whereOption,
} from '../shared-options.js';
import { type Command, commandLines } from './index.js';

/** The bare call, read but not yet checked against the world. */
export interface Options extends InputOptions, TerminalOptions {
  readonly failOn: readonly string[];
  readonly format: string | undefined;
  readonly output: string | undefined;
  readonly verbose: boolean;
  readonly quiet: boolean;
  /** The folder that annotated copies of the captures go to. */
  readonly annotate: string | undefined;
  /** The findings whose packets are wanted, each in a file of its own. */
  readonly extract: readonly string[];
  readonly sort: string | undefined;
  readonly anonymize: boolean;
  /** A file with the secret that addresses are hidden by. */
  readonly anonymizeKey: string | undefined;
}

interface Flags extends InputFlags, TerminalFlags {
  readonly failOn?: readonly string[];
  readonly format?: string;
  readonly json?: true;
  readonly output?: string;
  readonly verbose?: true;
  readonly quiet?: true;
  readonly annotate?: string;
  readonly extract?: readonly string[];
  readonly sort?: string;
  readonly anonymize?: true;
  readonly anonymizeKey?: string;
}

const DESCRIPTION = `Says for every TCP reset who sent it and why, from a capture on each side of a
load balancer (LB), and checks it against the LB's effective timeout.

Examples:
  rst-analyze client.pcap server.pcap
  rst-analyze --lb lb.json client.pcap server.pcap      # against its timeouts
  rst-analyze --lb azure-standard:idle=15m client.pcap server.pcap
  rst-analyze -v --where 10.0.0.5:443 client.pcap server.pcap
  rst-analyze --fail-on any -o report.json client.pcap server.pcap
  rst-analyze show F3 client.pcap server.pcap    # one finding in full
  rst-analyze check                              # all pairs of a project, for CI
  rst-analyze client-ring/ server-ring/          # all files of a ring
  rst-analyze --vantage client=if:eth0,server=if:eth1 both.pcapng
  tcpdump -i eth0 -w - tcp | rst-analyze -             # one side, from a pipe`;

const EXIT_CODES = `
Exit codes:
  0  nothing was found that --fail-on names
  1  something was found that --fail-on names
  2  the call or the input is unusable; standard error says why
  130  Ctrl-C: the report is of what had been read by then`;

function text(): ProgramText {
  const commands = `
Commands (each has its own --help; a capture of that name is ./show):
${commandLines()}`;
  return {
    name: 'rst-analyze',
    usage: '[options] <client-capture> [server-capture]',
    description: DESCRIPTION,
    after: commands + EXIT_CODES,
  };
}

function allOptions(): Option[] {
  return [
    lbOption(),
    new Option('-f, --format <name>', `${FORMAT_NAMES.join(', ')} (default: table)`).conflicts('json'),
    new Option('--json', 'the same as -f json'),
    new Option('-o, --output <file>', 'write the report there; its ending chooses the format'),
    new Option(
      '--fail-on <what,...>',
      'what makes the exit code 1: class names, violation (default), any, none',
    ).argParser(collectList),
    whereOption(),
    new Option('--sort <key>', `${SORT_KEYS.join(', ')}; idle:desc turns it round`),
    new Option('--anonymize', 'other addresses, alike where they were, and no payload: for a vendor'),
    new Option('--anonymize-key <file>', 'the same, by the secret in a file: the same in every run'),
    new Option('--annotate <folder>', 'copies of the captures with the findings as comments, for Wireshark'),
    new Option(
      '--extract <F3,...>',
      "the packets of a finding from both sides on one clock: F3.pcapng, in --annotate's folder or here",
    ).argParser(collectList),
    new Option('-v, --verbose', 'all the evidence, every finding').conflicts('quiet'),
    new Option('-q, --quiet', 'only the summary line'),
    ...captureOptions(),
    ...terminalOptions(),
  ];
}

/** `rst-analyze client.pcap server.pcap`: analyses and reports. */
export const analyze: Command = async (argv, io, deps) => {
  const parsed = parseWith<Flags>(text(), allOptions(), argv);
  if ('print' in parsed) {
    await io.stdout.write(parsed.print);
    return 0;
  }
  const options = toOptions(parsed.flags, parsed.args);
  const { run } = await import('../run.js');
  return run(options, io, deps);
};

function toOptions(flags: Flags, positional: readonly string[]): Options {
  return {
    ...toInput(flags, positional),
    ...toTerminal(flags),
    failOn: flags.failOn ?? ['violation'],
    format: flags.json ? 'json' : flags.format,
    output: flags.output,
    verbose: flags.verbose === true,
    quiet: flags.quiet === true,
    sort: flags.sort,
    anonymize: flags.anonymize === true || flags.anonymizeKey !== undefined,
    anonymizeKey: flags.anonymizeKey,
    annotate: flags.annotate,
    extract: (flags.extract ?? []).map((name) => name.toUpperCase()),
  };
}
