import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { flagLetters, RST } from '#src/wire/tcp-flags.js';
import type { SeenCapture, SeenReset } from './reported.js';

/** The first line of what it says of itself; null where it is not installed. */
export function tsharkVersion(): string | null {
  const { status, stdout } = spawnSync('tshark', ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.split('\n')[0] : null;
}

const FIELDS = [
  ...['frame.number', 'frame.protocols', 'tcp.seq', 'tcp.ack', 'tcp.flags', 'tcp.window_size_value'],
  ...['ip.ttl', 'ipv6.hlim', 'ip.id'],
];
const PREFERENCES = ['tcp.relative_sequence_numbers:FALSE', 'ip.defragment:FALSE', 'ipv6.defragment:FALSE'];

/** What tshark says of a capture, in one call. */
export async function dissected(path: string): Promise<SeenCapture> {
  const options = [...PREFERENCES.flatMap((one) => ['-o', one]), ...FIELDS.flatMap((field) => ['-e', field])];
  const { stdout } = await promisify(execFile)('tshark', ['-n', '-r', path, '-T', 'fields', ...options], {
    maxBuffer: 1 << 28,
  });
  const lines = stdout.split('\n').filter((line) => line !== '');
  const segments = lines.map((line) => line.split('\t')).filter(([, protocols]) => isTcp(protocols));
  const resets = segments.map(resetOf).filter((reset) => reset !== null);
  return { frames: lines.length, tcpSegments: segments.length, resetSegments: resets.length, resets };
}

/** A header that an ICMP error quotes is no segment. */
function isTcp(protocols: string): boolean {
  const names = protocols.split(':');
  return names.includes('tcp') && !names.some((name) => name.startsWith('icmp'));
}

function resetOf([frame, , seq, ack, flagText, window, ttl, hopLimit, ipId]: string[]): SeenReset | null {
  const flags = Number(flagText);
  if ((flags & RST) === 0) return null;
  return {
    frame: Number(frame),
    seq: Number(seq),
    ack: Number(ack),
    flags: flagLetters(flags),
    ttl: Number(ttl || hopLimit),
    ipId: ipId === '' ? null : Number(ipId),
    window: Number(window),
  };
}
