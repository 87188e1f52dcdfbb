import { InputError } from '../../errors.js';
import type { ConfigDocument } from '../document.js';
import type { Device, FlowQuery } from '../model.js';
import type { SetValue } from '../product.js';
import { nginxHttp } from '../products/nginx-http.js';
import { nginxStream } from '../products/nginx-stream.js';
import { type Directive, parseNginx } from './parse.js';
import { isAt, listens, type Place, placeOf } from './places.js';
import { allOf, checkNames, timeIn } from './times.js';

/** What nginx waits for an answer where nothing says otherwise (ngx_http_proxy_module). */
const DEFAULT_READ_SECONDS = 60;
const HTTPS_PORT = 443;

/**
 * One device for each server of http and of stream, and for each place in http that its requests go to.
 * @throws InputError in one line with file, line and directive
 */
export function nginxDevices({ name: file, text }: ConfigDocument): Device[] {
  const tree = parseNginx(file, text);
  checkNames(file, tree);
  const http = serversOf(tree, 'http').flatMap(([block, server]) => httpDevices(file, block, server));
  const stream = serversOf(tree, 'stream').map(([block, server]) => streamDevice(file, block, server));
  const devices = [...http, ...stream];
  if (devices.length === 0)
    throw new InputError(`${file}: expected a server block in http or stream, found none`);
  const unread = allOf(tree, 'include').map(
    ({ args, line }) => `${file}:${line}: include ${args.join(' ')} stays unread.`,
  );
  const [first, ...others] = devices;
  return [{ ...first, problems: [...unread, ...first.problems] }, ...others];
}

type Block = readonly Directive[];

/** Servers with the block around them. A file that is meant to be included has servers of http at its top. */
function serversOf(tree: Block, kind: 'http' | 'stream'): (readonly [Block, Directive])[] {
  const blocks = tree.flatMap(({ name, block }) => (name === kind && block !== null ? [block] : []));
  const bare =
    kind === 'http' && blocks.length === 0 && !tree.some(({ name }) => name === 'stream') ? [tree] : [];
  return [...blocks, ...bare].flatMap((block) =>
    block.filter(({ name }) => name === 'server').map((server) => [block, server] as const),
  );
}

function streamDevice(file: string, around: Block, server: Directive): Device {
  const own = server.block ?? [];
  const places = listens(file, own);
  const targets = allOf(own, 'proxy_pass').flatMap((pass) => targetsOf(around, pass.args[0] ?? ''));
  return nginxStream.device({
    name: `stream server at ${portsOf(places)}`,
    source: file,
    group: file,
    settings: settings([
      ['idle', timeIn(file, [own, around], 'proxy_timeout')],
      ['connect', timeIn(file, [own, around], 'proxy_connect_timeout')],
    ]),
    covers: coverage(places, targets),
  });
}

function httpDevices(file: string, around: Block, server: Directive): Device[] {
  const own = server.block ?? [];
  const places = listens(file, own);
  const locations = allOf(own, 'location').map(({ block }) => block ?? []);
  const keepalives = [own, ...locations].map((block) =>
    timeIn(file, block === own ? [own, around] : [block, own, around], 'keepalive_timeout'),
  );
  const values = new Map(keepalives.map((value) => [value?.value ?? null, value]));
  const client = [...values.values()].map((keepalive, index) =>
    nginxHttp.device({
      name: `http server at ${portsOf(places)}${values.size > 1 ? ` (${index + 1})` : ''}`,
      source: file,
      group: file,
      settings: settings([
        ['keepalive', keepalive],
        ['header', timeIn(file, [own, around], 'client_header_timeout')],
        ['send', timeIn(file, [own, around], 'send_timeout')],
      ]),
      covers: (flow: FlowQuery) => flow.leg !== 'server' && coverage(places, [])(flow),
    }),
  );
  return [...client, ...passes(file, around, [own, ...locations], places)];
}

/** The legs to where requests are passed on: each with the timer of its upstream, or of the wait for an answer. */
function passes(file: string, around: Block, blocks: readonly Block[], places: readonly Place[]): Device[] {
  return blocks.flatMap((block) =>
    block
      .filter(({ name }) => name === 'proxy_pass')
      .map((pass) => {
        const url = pass.args[0] ?? '';
        const upstream = upstreamOf(around, url);
        const keeps = upstream?.some(({ name }) => name === 'keepalive') === true;
        const wait = timeIn(file, [block, blocks[0], around], 'proxy_read_timeout') ?? DEFAULT_WAIT;
        const kept = upstream === null ? null : timeIn(file, [upstream], 'keepalive_timeout');
        return nginxHttp.device({
          name: `http server at ${portsOf(places)} to ${url}`,
          source: file,
          group: file,
          settings: settings([
            ['upstream-keepalive', keeps ? kept : wait],
            ['read', wait],
          ]),
          covers: (flow: FlowQuery) =>
            flow.leg === 'server' && coverage(places, targetsOf(around, url))(flow),
        });
      }),
  );
}

const DEFAULT_WAIT: SetValue<number> = {
  value: DEFAULT_READ_SECONDS,
  origin: 'proxy_read_timeout, its default',
};

function hostOf(url: string): string {
  return url.replace(/^\w+:\/\//, '').split('/')[0];
}

function upstreamOf(around: Block, url: string): Block | null {
  return around.find(({ name, args }) => name === 'upstream' && args[0] === hostOf(url))?.block ?? null;
}

function targetsOf(around: Block, url: string): Place[] {
  const port = url.startsWith('https:') ? HTTPS_PORT : undefined;
  const upstream = upstreamOf(around, url);
  const hosts =
    upstream === null
      ? [hostOf(url)]
      : upstream.filter(({ name }) => name === 'server').map(({ args }) => args[0] ?? '');
  return hosts.flatMap((host) => placeOf(host, port) ?? []);
}

function coverage(front: readonly Place[], back: readonly Place[]) {
  return ({ frontend, backend }: FlowQuery): boolean =>
    (frontend === null || front.some((place) => isAt(place, frontend))) &&
    (backend === null || back.length === 0 || back.some((place) => isAt(place, backend)));
}

function portsOf(places: readonly Place[]): string {
  return places.map(({ port }) => port).join(', ');
}

function settings(values: readonly (readonly [string, SetValue<number> | null])[]) {
  const set = values.flatMap(([key, value]) => (value === null ? [] : [[key, value] as const]));
  return { timers: new Map(set), switches: new Map() };
}
