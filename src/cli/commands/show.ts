import { InputError } from '../../errors.js';
import { type ProgramText, parseWith } from '../program.js';
import {
  captureOptions,
  type InputFlags,
  lbOption,
  type TerminalFlags,
  terminalOptions,
  toInput,
  toTerminal,
  whereOption,
} from '../shared-options.js';
import type { Command } from './index.js';

const TEXT: ProgramText = {
  name: 'rst-analyze show',
  usage: '[options] <finding> <client-capture> [server-capture]',
  description: `Shows one finding: its packets as both sides saw them, on one clock, then its
resets, all evidence with its frames, what else it could have been, and what to
paste into Wireshark. Findings have the names that the report gives them: give
captures, --lb and --where as for the report.

Example:
  rst-analyze show F3 client.pcap server.pcap`,
};

const FINDING_NAME = /^f\d+$/i;

/** `rst-analyze show F3 client.pcap server.pcap` */
export const show: Command = async (argv, io, deps) => {
  const options = [lbOption(), whereOption(), ...captureOptions(), ...terminalOptions()];
  const parsed = parseWith<InputFlags & TerminalFlags>(TEXT, options, argv);
  if ('print' in parsed) {
    await io.stdout.write(parsed.print);
    return 0;
  }
  const [name = '', ...captures] = parsed.args;
  if (!FINDING_NAME.test(name))
    throw new InputError('say which finding first: rst-analyze show F3 client.pcap server.pcap');
  const input = toInput(parsed.flags, captures);
  const terminal = toTerminal(parsed.flags);
  const { analyzeInput } = await import('../analysis.js');
  const { reportOptions } = await import('../surroundings.js');
  const { oneFinding } = await import('../../report/one-finding.js');
  const result = await analyzeInput(input, { progress: terminal.progress, ladders: true }, io, deps);
  const page = await reportOptions(io, { color: terminal.color, detail: 'all', fails: () => false });
  await io.stdout.write(oneFinding(result, name.toUpperCase(), page));
  return 0;
};
