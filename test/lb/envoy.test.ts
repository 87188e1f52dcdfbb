import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stringify } from 'yaml';
import type { FlowQuery } from '#src/lb/model.js';
import { refuses } from './fixtures/broken.js';
import { inbound, load } from './fixtures/load.js';

type Json = Readonly<Record<string, unknown>>;

const leg = (name: 'client' | 'server'): FlowQuery => ({ ...inbound(), leg: name });
const socket = (address: unknown, port: unknown) => ({ socket_address: { address, port_value: port } });
const typed = (type: string, config: Json) => ({
  name: 'f',
  typed_config: { '@type': `type.googleapis.com/envoy.extensions.filters.network.${type}`, ...config },
});
const TCP = 'tcp_proxy.v3.TcpProxy';
const HTTP = 'http_connection_manager.v3.HttpConnectionManager';
const bootstrap = (filter: Json, over: Json = {}, address: Json = socket('0.0.0.0', 443)) => ({
  static_resources: {
    listeners: [{ name: 'l', address, filter_chains: [{ filters: [filter] }] }],
    clusters: [
      {
        name: 'db',
        load_assignment: {
          endpoints: [{ lb_endpoints: [{ endpoint: { address: socket('10.0.0.7', 8443) } }] }],
        },
        common_http_protocol_options: { idle_timeout: '300s' },
      },
    ],
    ...over,
  },
});

test('tcp_proxy has an hour, or what it says; 0 turns it off', async () => {
  const idle = async (config: Json) =>
    (await load({ 'e.yaml': stringify(bootstrap(typed(TCP, { cluster: 'db', ...config }))) })).resolve(
      inbound(),
    ).seconds;
  assert.equal(await idle({}), 3600);
  assert.equal(await idle({ idle_timeout: '600s' }), 600);
  assert.equal(await idle({ idle_timeout: '0s' }), Number.POSITIVE_INFINITY);
});

test('the HTTP connection manager has a timer for each leg', async () => {
  const config = { common_http_protocol_options: { idle_timeout: '90s' }, stream_idle_timeout: '300s' };
  const policy = await load({ 'e.json': bootstrap(typed(HTTP, config)) });
  assert.deepEqual([policy.resolve(leg('client')).seconds, policy.resolve(leg('server')).seconds], [90, 300]);
});

const tcp = (idle: unknown) => ({ 'e.json': bootstrap(typed(TCP, { idle_timeout: idle })) });
const L = 'static_resources.listeners[0]';

refuses('envoy', [
  [
    tcp(600),
    `e.json:19: ${L}.filter_chains[0].filters[0].typed_config.idle_timeout: expected a duration such as 3600s, got 600`,
  ],
  [
    tcp('ten'),
    `e.json:19: ${L}.filter_chains[0].filters[0].typed_config.idle_timeout: expected a duration such as 3600s, got "ten"`,
  ],
  [
    tcp('600'),
    `e.json:19: ${L}.filter_chains[0].filters[0].typed_config.idle_timeout: expected a duration such as 3600s, got "600"`,
  ],
  [
    tcp({}),
    `e.json:19: ${L}.filter_chains[0].filters[0].typed_config.idle_timeout: expected a duration such as 3600s, got an object`,
  ],
  [
    { 'e.json': bootstrap(typed('redis_proxy.v3.RedisProxy', {})) },
    'e.json: static_resources.listeners: expected a listener with a tcp_proxy or an HTTP connection manager, found none',
  ],
  [
    { 'e.json': bootstrap(typed(TCP, {}), { listeners: [] }) },
    'e.json:3: static_resources.listeners: expected a list of listeners, got an empty list',
  ],
  [
    { 'e.json': { static_resources: { clusters: [] } } },
    'e.json:3: static_resources.clusters: expected a list of clusters, got an empty list',
  ],
  [
    { 'e.json': bootstrap(typed(TCP, {}), {}, socket('0.0.0.0', 0)) },
    `e.json:9: ${L}.address.socket_address.port_value: expected a port from 1 to 65535, got 0`,
  ],
  [
    { 'e.json': bootstrap(typed(TCP, {}), {}, { pipe: { path: '/x' } }) },
    `e.json:6: ${L}.address.socket_address.address: expected an address, got nothing`,
  ],
  [
    { 'e.json': bootstrap(typed(TCP, {}), { clusters: [{ load_assignment: {} }] }) },
    'e.json:27: static_resources.clusters[0].name: expected a name, got nothing',
  ],
  [
    {
      'e.json': bootstrap(typed(TCP, {}), {
        clusters: [{ name: 'x', common_http_protocol_options: { idle_timeout: 5 } }],
      }),
    },
    'e.json:30: static_resources.clusters[0].common_http_protocol_options.idle_timeout: expected a duration such as 3600s, got 5',
  ],
]);
