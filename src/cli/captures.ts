import { InputError } from '../errors.js';

/** The ends of a path, in the order in which captures are named. */
const ENDS: readonly string[] = ['client', 'server'];
/** What a point between the ends can be called. */
const POINT = /^[a-z][a-z0-9-]*$/i;

/** One capture as the command line names it. Several of one vantage follow one another. */
export interface NamedCapture {
  readonly path: string;
  /** `client`, `server`, or a point between them. */
  readonly vantage: string;
  /** Name or number of the one interface of a pcapng file that is this vantage. */
  readonly interface?: string;
}

/** One `--vantage`: a vantage, and a path or an interface. */
interface Named {
  readonly vantage: string;
  readonly path?: string;
  readonly interface?: string;
}

const INTERFACE = 'if:';
/** A comma parts entries only where another `name=` follows: paths may have commas. */
const BETWEEN_ENTRIES = /,(?=[a-z-]+=)/i;

/**
 * Which capture is of which vantage: those of `--vantage`, and the others in their order.
 * @throws InputError in one line when they do not make one capture, or one of each side
 */
export function capturesOf(positional: readonly string[], vantages: readonly string[]): NamedCapture[] {
  const named = vantages.flatMap((value) => value.split(BETWEEN_ENTRIES)).map(parseVantage);
  const captures = named.some((one) => one.interface !== undefined)
    ? withInterfaces(positional, named)
    : withPaths(positional, named);
  check(captures);
  return captures;
}

function parseVantage(entry: string): Named {
  const at = entry.indexOf('=');
  const [name, where] = [entry.slice(0, at), entry.slice(at + 1)];
  if (at < 1 || where === '')
    throw new InputError(`--vantage ${entry}: say client=<file> or server=<file>, or client=if:<interface>`);
  if (!POINT.test(name))
    throw new InputError(
      `--vantage ${entry}: '${name}' is no name for a vantage; say client, server, or such as lb-front for a point between them`,
    );
  return where.startsWith(INTERFACE)
    ? { vantage: name, interface: where.slice(INTERFACE.length) }
    : { vantage: name, path: where };
}

function withPaths(positional: readonly string[], named: readonly Named[]): NamedCapture[] {
  const free = ENDS.filter((vantage) => named.every((one) => one.vantage !== vantage));
  if (positional.length > free.length) throw new InputError(tooMany(positional.length, named.length));
  const others = positional.map((path, i) => ({ path, vantage: free[i] as string }));
  return sorted([...others, ...named.map(({ vantage, path = '' }) => ({ vantage, path }))]);
}

/** Interfaces are those of the one capture that is named without a vantage. */
function withInterfaces(positional: readonly string[], named: readonly Named[]): NamedCapture[] {
  const [file, ...others] = positional;
  if (file === undefined || others.length > 0)
    throw new InputError(
      `--vantage with if: needs one pcapng file with both sides: rst-analyze --vantage client=if:eth0,server=if:eth1 both.pcapng`,
    );
  return sorted(named.map(({ path = file, ...rest }) => ({ path, ...rest })));
}

/** From the client's end to the server's; points between stay in the order in which they were named. */
function sorted(captures: readonly NamedCapture[]): NamedCapture[] {
  const of = (end: string) => captures.filter(({ vantage }) => vantage === end);
  return [...of('client'), ...captures.filter(({ vantage }) => !ENDS.includes(vantage)), ...of('server')];
}

function tooMany(positional: number, named: number): string {
  const several =
    'for several files of one side name their directory, or each: --vantage client=a.pcap --vantage client=b.pcap';
  if (named > 0) return `${positional} more captures given than --vantage leaves sides for; ${several}`;
  return `${positional} captures given, but there are two sides: one of the client's, then one of the server's; ${several}`;
}

function check(captures: readonly NamedCapture[]): void {
  if (captures.length === 0)
    throw new InputError('no capture given: rst-analyze client.pcap server.pcap (--help says more)');
  if (captures.some(({ path }) => path === '')) throw new InputError('the name of a capture is empty');
  const keys = captures.map((capture) => JSON.stringify([capture.path, capture.interface]));
  const twice = captures.find((_, i) => keys.indexOf(keys[i] as string) !== i);
  if (twice !== undefined) throw new InputError(sameTwice(twice));
  if (captures.filter(({ path }) => path === '-').length > 1) throw new InputError(ONE_STDIN);
}

const ONE_STDIN = "only one capture can come from standard input ('-'); name a file for the other";

function sameTwice({ path, interface: name }: NamedCapture): string {
  if (path === '-' && name === undefined) return ONE_STDIN;
  const what = name === undefined ? path : `interface ${name} of ${path}`;
  return `both captures are ${what}: give one of each side, or one alone`;
}
