import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { Option } from 'commander';
import { InputError } from '../../errors.js';
import { type Chain, chainOf } from '../../lb/chain.js';
import { formatDuration } from '../../lb/duration.js';
import { loadPolicy } from '../../lb/index.js';
import type { EffectiveTimeout, FlowQuery, Policy } from '../../lb/model.js';
import { EXPIRY_WORDS } from '../../lb/summary.js';
import type { Command } from '../commands/index.js';
import { parseWith } from '../program.js';
import { lbOption } from '../shared-options.js';
import { Lines } from './page.js';

const TEXT = {
  name: 'rst-analyze lb resolve',
  usage: '--lb <file or preset> --flow <host:port>',
  description: `Says which idle timeout a configuration gives one flow, which setting won, which
lost, and by which rule, without any capture.`,
};

const LARGEST_PORT = 65_535;

interface Flags {
  readonly lb?: readonly string[];
  readonly flow?: string;
  readonly backend?: string;
  readonly from?: string;
  readonly leg?: 'client' | 'server';
  readonly opened?: string;
  readonly outbound?: true;
  readonly json?: true;
}

function options(): Option[] {
  return [
    lbOption(),
    new Option('--flow <host:port>', 'the address that clients connect to'),
    new Option('--backend <host:port>', 'the backend that the flow goes to'),
    new Option('--from <host>', 'the address that the backend sees the flow come from'),
    new Option('--leg <side>', 'one leg of a proxy').choices(['client', 'server']),
    new Option('--outbound', 'a flow that was opened from behind the load balancer'),
    new Option('--opened <time>', 'when it was opened, such as 2026-03-01T12:00:00Z'),
    new Option('--json', 'as JSON'),
  ];
}

/** `rst-analyze lb resolve --lb lb.json --flow 203.0.113.10:443` */
export const resolve: Command = async (argv, io) => {
  const parsed = parseWith<Flags>(TEXT, options(), argv);
  if ('print' in parsed) {
    await io.stdout.write(parsed.print);
    return 0;
  }
  const { flags, args } = parsed;
  if (args.length > 0 || flags.lb === undefined)
    throw new InputError('lb resolve needs --lb <file or preset>, and --flow <host:port> for one flow of it');
  const policy = await loadPolicy(flags.lb, (path) => readFile(path, 'utf8'));
  const flow = flowOf(flags);
  const effective = policy.resolve(flow);
  const chain = policy.each(flow).length > 1 ? chainOf(policy, flow) : null;
  const text = flags.json
    ? `${JSON.stringify({ ...effective, problems: policy.problems, chain }, finite, 2)}\n`
    : String(described(policy, effective, chain, new Lines(io)));
  await io.stdout.write(text);
  return 0;
};

/** JSON knows no infinity: a timer that never fires has no seconds. */
function finite(_: string, value: unknown): unknown {
  return value === Number.POSITIVE_INFINITY ? null : value;
}

function flowOf(flags: Flags): FlowQuery {
  const opened = flags.opened === undefined ? null : Date.parse(flags.opened);
  if (Number.isNaN(opened))
    throw new InputError(`--opened ${flags.opened} is no time such as 2026-03-01T12:00:00Z`);
  if (flags.from !== undefined && isIP(flags.from) === 0)
    throw new InputError(`--from ${flags.from} is no IP address`);
  return {
    direction: flags.outbound ? 'outbound' : 'inbound',
    frontend: endpointOf('--flow', flags.flow),
    backend: endpointOf('--backend', flags.backend),
    lbPeer: flags.from === undefined ? null : { ip: flags.from, port: 0 },
    ...(flags.leg === undefined ? {} : { leg: flags.leg }),
    ...(opened === null ? {} : { openedAt: opened }),
  };
}

function endpointOf(option: string, text: string | undefined): { ip: string; port: number } | null {
  if (text === undefined) return null;
  const match = /^\[([^\]]+)\]:(\d+)$/.exec(text) ?? /^([^:]+):(\d+)$/.exec(text);
  const port = Number(match?.[2] ?? 0);
  if (match !== null && isIP(match[1]) !== 0 && port > 0 && port <= LARGEST_PORT)
    return { ip: match[1], port };
  throw new InputError(
    `${option} ${text} is no address with a port, such as 203.0.113.10:443 or [2001:db8::1]:443`,
  );
}

/** Below the text of an item. */
const BLANK = ' '.repeat('disputed '.length);

function described(policy: Policy, effective: EffectiveTimeout, chain: Chain | null, lines: Lines): Lines {
  const { seconds, action, text, rule, source } = effective;
  lines.item('timeout  ', seconds === null ? 'not known' : formatDuration(seconds));
  lines.item('then     ', EXPIRY_WORDS[action]);
  lines.item('because  ', text);
  lines.item('rule     ', rule).link(BLANK, source.url);
  for (const { name, seconds: value, won, because } of effective.considered)
    lines.item(
      won ? 'won      ' : 'lost     ',
      `${name}: ${value === null ? 'not known' : formatDuration(value)}; ${because}`,
    );
  const { resetSwitch } = effective.clauses ?? {};
  if (resetSwitch !== undefined)
    lines.item('resets   ', resetSwitch.text).link(BLANK, resetSwitch.source.url);
  for (const doubt of effective.doubts) lines.item('open     ', doubt);
  for (const { text: what, source: who } of effective.disputes ?? [])
    lines.item('disputed ', what).link(BLANK, who.url);
  for (const problem of policy.problems) lines.item('problem  ', problem);
  if (chain === null) return lines;
  lines.gap().say('The path, in order');
  for (const link of chain.devices)
    lines.item(
      '    ',
      `${link.device}: ${link.seconds === null ? '' : `${formatDuration(link.seconds)}, `}${link.atExpiry}`,
    );
  for (const sentence of chain.text) lines.item('- ', sentence);
  return lines;
}
