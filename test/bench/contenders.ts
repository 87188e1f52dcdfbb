import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT } from '../support/root.js';
import type { Command } from './measure.js';

/** A capture of the same traffic on each side of the balancer. */
export interface CapturePair {
  readonly client: string;
  readonly server: string;
}

/** One way to look for resets in captures. */
export interface Contender {
  readonly name: ContenderName;
  /** How many captures it reads. */
  readonly captures: 1 | 2;
  /** Takes minutes: runs only once unless asked otherwise. */
  readonly slow: boolean;
  readonly command: (paths: CapturePair) => Command;
}

export type ContenderName = 'rst-analyze' | 'rst-analyze, pair' | 'tcpdump' | 'tcptrace' | 'tshark';

const PROGRAM = join(ROOT, 'bin', 'rst-analyze.js');
const TSHARK_FIELDS = [
  'frame.number',
  'frame.time_epoch',
  'ip.src',
  'tcp.srcport',
  'ip.dst',
  'tcp.dstport',
  'tcp.seq_raw',
];

/** The program under test, as it is installed. */
export function rstAnalyze(...args: string[]): Command {
  return [process.execPath, PROGRAM, ...args];
}

/** What people use, each as they would call it; `-n`, for looking up names would be most of the time. */
export const CONTENDERS: readonly Contender[] = [
  {
    name: 'rst-analyze',
    captures: 1,
    slow: false,
    command: ({ client }) => rstAnalyze('-q', client),
  },
  {
    name: 'rst-analyze, pair',
    captures: 2,
    slow: false,
    command: ({ client, server }) => rstAnalyze('-q', client, server),
  },
  {
    name: 'tcpdump',
    captures: 1,
    slow: false,
    command: ({ client }) => ['tcpdump', '-n', '-r', client, 'tcp[tcpflags] & tcp-rst != 0'],
  },
  {
    name: 'tcptrace',
    captures: 1,
    slow: true,
    command: ({ client }) => ['tcptrace', '-n', client],
  },
  {
    name: 'tshark',
    captures: 1,
    slow: true,
    command: ({ client }) => [
      'tshark',
      ...['-n', '-r', client, '-Y', 'tcp.flags.reset==1', '-T', 'fields'],
      ...TSHARK_FIELDS.flatMap((field) => ['-e', field]),
    ],
  },
];

/** Whether its program is here. */
export function isInstalled({ command }: Contender): boolean {
  const [program] = command({ client: '', server: '' });
  if (program === process.execPath) return true;
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
