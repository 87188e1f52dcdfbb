import { InputError } from '../../errors.js';
import { didYouMean } from '../../suggest.js';
import { type ConfigDocument, looksStructured } from '../document.js';
import type { Importer } from '../importer.js';
import type { Device } from '../model.js';
import type { SetValue } from '../product.js';
import { ipvs } from '../products/ipvs.js';
import { nfConntrack } from '../products/nf-conntrack.js';

const SYSCTL_LINE = /^[ \t]*([a-z][\w.*-]*(?:\.[\w*-]+)+)\s*=\s*(.*?)\s*$/;
const CONNTRACK_TCP = 'net.netfilter.nf_conntrack_tcp_timeout_';
const IPVS_LINE = /^[ \t]*Timeout \(tcp tcpfin udp\):(.*)$/m;

/** Sysctls of conntrack's TCP timers, by the key of the timer (nf_conntrack_proto_tcp.c). */
const TIMERS: Readonly<Record<string, string>> = {
  established: 'idle',
  unacknowledged: 'unacknowledged',
  max_retrans: 'max-retrans',
  close_wait: 'close-wait',
};
const OTHERS = ['syn_sent', 'syn_recv', 'fin_wait', 'last_ack', 'time_wait', 'close', 'syn_sent2'];

/** `sysctl -a`, and `ipvsadm -l --timeout`: what a Linux box on the path keeps. */
export const linux: Importer = {
  id: 'linux',
  understands: ['sysctl -a (net.netfilter.nf_conntrack_tcp_timeout_…)', 'ipvsadm -l --timeout'],
  isText: (text) => !looksStructured(text) && (IPVS_LINE.test(text) || text.includes(CONNTRACK_TCP)),
  recognises: ({ value, text }) => value === null && (linux.isText?.(text) ?? false),
  build: async (documents) => ({ devices: documents.flatMap(devicesOf) }),
};

function devicesOf(document: ConfigDocument): Device[] {
  const { text } = document;
  return [
    ...(IPVS_LINE.test(text) ? [ipvsDevice(document)] : []),
    ...(text.includes(CONNTRACK_TCP) ? [conntrackDevice(document)] : []),
  ];
}

function ipvsDevice({ name, text }: ConfigDocument): Device {
  const line = text.slice(0, text.search(IPVS_LINE)).split('\n').length;
  const words = (IPVS_LINE.exec(text)?.[1] ?? '').trim().split(/\s+/);
  if (words.length !== 3 || !words.every((word) => /^\d+$/.test(word)))
    throw new InputError(
      `${name}:${line}: Timeout (tcp tcpfin udp): expected three numbers of seconds, got ${words.join(' ') || 'nothing'}`,
    );
  const timers = new Map<string, SetValue<number>>();
  // 0 leaves the kernel's own value.
  for (const [key, word] of [
    ['idle', words[0]],
    ['fin', words[1]],
  ])
    if (Number(word) > 0) timers.set(key, { value: Number(word), origin: `${name}:${line}` });
  return ipvs.device({ name: ipvs.model.name, source: name, settings: { timers, switches: new Map() } });
}

function conntrackDevice({ name, text }: ConfigDocument): Device {
  const timers = new Map<string, SetValue<number>>();
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const origin = `${name}:${index + 1}`;
    if (raw.trim().startsWith('#') || !raw.includes(CONNTRACK_TCP)) continue;
    const match = SYSCTL_LINE.exec(raw);
    if (match === null)
      throw new InputError(`${origin}: expected "name = value", got ${raw.trim().slice(0, 60)}`);
    const state = match[1].slice(CONNTRACK_TCP.length);
    const key = Object.hasOwn(TIMERS, state) ? TIMERS[state] : undefined;
    if (key !== undefined) timers.set(key, { value: secondsOf(origin, match[1], match[2]), origin });
    else if (!OTHERS.includes(state)) refuse(origin, match[1], state);
  }
  return nfConntrack.device({
    name: nfConntrack.model.name,
    source: name,
    settings: { timers, switches: new Map() },
  });
}

function refuse(origin: string, sysctl: string, state: string): never {
  const known = [...Object.keys(TIMERS), ...OTHERS];
  throw new InputError(`${origin}: ${sysctl}: unknown timer${didYouMean(state, known)}`);
}

function secondsOf(origin: string, sysctl: string, text: string): number {
  if (/^\d+$/.test(text) && Number(text) > 0) return Number(text);
  throw new InputError(
    `${origin}: ${sysctl}: expected a number of seconds above 0, got ${text || 'nothing'}`,
  );
}
