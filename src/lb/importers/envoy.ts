import { InputError } from '../../errors.js';
import { sameAddress } from '../addresses.js';
import type { ConfigDocument } from '../document.js';
import { parseCompoundDuration } from '../duration.js';
import type { Importer } from '../importer.js';
import { isJsonObject, listAt, textAt } from '../json-shape.js';
import type { Device, FlowQuery } from '../model.js';
import type { SetValue } from '../product.js';
import { envoyHttp, envoyTcp } from '../products/envoy.js';
import { type Reader, readerOf } from '../reader.js';

const LARGEST_PORT = 65_535;
const TCP_PROXY = 'TcpProxy';
const HTTP_MANAGER = 'HttpConnectionManager';

/** Envoy's bootstrap: listeners and clusters of its static resources. */
export const envoy: Importer = {
  id: 'envoy',
  understands: ['Envoy bootstrap (YAML or JSON, static_resources)'],
  recognises: ({ value }) => isJsonObject(value) && isJsonObject(value.static_resources),
  build: async (documents) => {
    const devices: Device[] = [];
    for (const document of documents) devices.push(...(await envoyDevices(document)));
    return { devices };
  },
};

interface Address {
  readonly ip: string;
  readonly port: number;
}

async function envoyDevices(document: ConfigDocument): Promise<Device[]> {
  const root = readerOf(document).at('static_resources');
  const clusters = await clustersOf(root.at('clusters'));
  const devices: Device[] = [];
  for (const listener of await root.at('listeners').items('listeners')) {
    const address = await addressOf(listener.at('address', 'socket_address'));
    for (const filter of filtersOf(listener)) {
      const device = await deviceOf(document.name, filter, address, clusters);
      if (device !== null) devices.push(device);
    }
  }
  if (devices.length > 0) return devices;
  throw new InputError(
    `${document.name}: static_resources.listeners: expected a listener with a tcp_proxy or an HTTP connection manager, found none`,
  );
}

function filtersOf(listener: Reader): Reader[] {
  return listAt(listener.value, 'filter_chains').flatMap((chain, i) =>
    listAt(chain, 'filters').map((_, j) => listener.at('filter_chains', i, 'filters', j)),
  );
}

async function deviceOf(
  file: string,
  filter: Reader,
  listener: Address,
  clusters: ReadonlyMap<string, Cluster>,
): Promise<Device | null> {
  const config = filter.at('typed_config');
  const type = textAt(config.value, '@type')?.split('.').at(-1);
  const place = { source: file, group: file };
  const at = `${listener.ip}:${listener.port}`;
  if (type === TCP_PROXY) {
    const cluster = clusters.get(textAt(config.value, 'cluster') ?? '');
    return envoyTcp.device({
      ...place,
      name: `tcp_proxy at ${at}`,
      settings: settings([['idle', await durationOf(config.at('idle_timeout'), file)]]),
      covers: coverage(listener, cluster?.endpoints ?? []),
    });
  }
  if (type !== HTTP_MANAGER) return null;
  return envoyHttp.device({
    ...place,
    name: `HTTP connection manager at ${at}`,
    settings: settings([
      ['idle', await durationOf(config.at('common_http_protocol_options', 'idle_timeout'), file)],
      ['stream', await durationOf(config.at('stream_idle_timeout'), file)],
      ['upstream-idle', shortestOf([...clusters.values()])],
    ]),
    covers: coverage(
      listener,
      [...clusters.values()].flatMap(({ endpoints }) => endpoints),
    ),
  });
}

interface Cluster {
  readonly endpoints: readonly Address[];
  readonly idle: SetValue<number> | null;
}

async function clustersOf(reader: Reader): Promise<Map<string, Cluster>> {
  const clusters = new Map<string, Cluster>();
  if (reader.missing) return clusters;
  for (const cluster of await reader.items('clusters')) {
    const name = await cluster.at('name').text('a name');
    const endpoints: Address[] = [];
    for (const [i, group] of listAt(cluster.at('load_assignment').value, 'endpoints').entries())
      for (const j of listAt(group, 'lb_endpoints').keys())
        endpoints.push(
          await addressOf(
            cluster.at(
              'load_assignment',
              'endpoints',
              i,
              'lb_endpoints',
              j,
              'endpoint',
              'address',
              'socket_address',
            ),
          ),
        );
    const idle = await durationOf(cluster.at('common_http_protocol_options', 'idle_timeout'), name);
    clusters.set(name, { endpoints, idle });
  }
  return clusters;
}

async function addressOf(reader: Reader): Promise<Address> {
  const ip = await reader.at('address').text('an address');
  return { ip, port: await reader.at('port_value').integer(1, LARGEST_PORT, 'a port') };
}

/** A protobuf duration as YAML writes it, `3600s`; 0 turns a timer off. */
async function durationOf(reader: Reader, origin: string): Promise<SetValue<number> | null> {
  if (reader.missing) return null;
  const seconds = typeof reader.value === 'string' ? parseCompoundDuration(reader.value) : null;
  if (seconds === null) return reader.fail('expected a duration such as 3600s');
  return { value: seconds === 0 ? Number.POSITIVE_INFINITY : seconds, origin };
}

function shortestOf(clusters: readonly Cluster[]): SetValue<number> | null {
  const known = clusters.flatMap(({ idle }) => (idle === null ? [] : [idle]));
  return known.length === 0 ? null : known.reduce((a, b) => (b.value < a.value ? b : a));
}

function coverage(listener: Address, endpoints: readonly Address[]) {
  const anyHost = ['0.0.0.0', '::'].includes(listener.ip);
  return ({ frontend, backend }: FlowQuery): boolean =>
    (frontend === null ||
      (frontend.port === listener.port && (anyHost || sameAddress(listener.ip, frontend.ip)))) &&
    (backend === null || endpoints.length === 0 || endpoints.some(({ port }) => port === backend.port));
}

function settings(values: readonly (readonly [string, SetValue<number> | null])[]) {
  const set = values.flatMap(([key, value]) => (value === null ? [] : [[key, value] as const]));
  return { timers: new Map(set), switches: new Map() };
}
