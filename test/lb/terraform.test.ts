import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refuses } from './fixtures/broken.js';
import { inbound, load } from './fixtures/load.js';

type Json = Readonly<Record<string, unknown>>;

const resource = (type: string, name: string, values: Json) => ({
  address: `${type}.${name}`,
  mode: 'managed',
  type,
  name,
  values,
});
const plan = (resources: readonly unknown[], modules: readonly unknown[] = []) => ({
  format_version: '1.2',
  terraform_version: '1.9.0',
  planned_values: { root_module: { resources, child_modules: modules } },
});
const ID = '/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network';

const AZURE = [
  resource('azurerm_lb', 'web', {
    id: `${ID}/loadBalancers/web`,
    name: 'web',
    sku: 'Standard',
    frontend_ip_configuration: [{ name: 'fe', public_ip_address_id: `${ID}/publicIPAddresses/pip` }],
  }),
  resource('azurerm_lb_rule', 'https', {
    name: 'https',
    loadbalancer_id: `${ID}/loadBalancers/web`,
    protocol: 'Tcp',
    frontend_port: 443,
    backend_port: 8443,
    idle_timeout_in_minutes: 15,
    tcp_reset_enabled: true,
    frontend_ip_configuration_name: 'fe',
  }),
  resource('azurerm_public_ip', 'pip', {
    id: `${ID}/publicIPAddresses/pip`,
    name: 'pip',
    ip_address: '203.0.113.10',
    idle_timeout_in_minutes: 5,
  }),
];
const AWS = [
  resource('aws_lb', 'net', { load_balancer_type: 'network', arn: 'arn:net' }),
  resource('aws_lb_listener', 'db', {
    load_balancer_arn: 'arn:net',
    port: 5432,
    protocol: 'TCP',
    tcp_idle_timeout_seconds: 900,
  }),
  resource('aws_lb_listener', 'tls', { load_balancer_arn: 'arn:net', port: 443, protocol: 'TLS' }),
];

test('azurerm resources are an Azure load balancer with its public IP', async () => {
  const effective = (await load({ 'plan.json': plan(AZURE) })).resolve(inbound());
  assert.deepEqual(
    [effective.seconds, effective.action, effective.rule],
    [300, 'rst-both-at-timer', 'azure/frontend-timeout-wins'],
  );
});

test('so they are in modules, and in a state', async () => {
  const inModule = plan([], [{ address: 'module.lb', resources: AZURE }]);
  assert.equal((await load({ 'plan.json': inModule })).resolve(inbound()).seconds, 300);
  const state = {
    version: 4,
    terraform_version: '1.9.0',
    resources: AZURE.map(({ values, ...rest }) => ({ ...rest, instances: [{ attributes: values }] })),
  };
  assert.equal((await load({ 'terraform.tfstate': state })).resolve(inbound()).seconds, 300);
});

test('a NAT gateway alone is one', async () => {
  const gateway = resource('azurerm_nat_gateway', 'out', { name: 'out', idle_timeout_in_minutes: 10 });
  const policy = await load({ 'plan.json': plan([gateway]) });
  assert.deepEqual([policy.model, policy.resolve(inbound()).seconds], ['azure-nat-gateway', 600]);
});

test('aws_lb has its listeners, aws_alb and aws_elb their own timeouts', async () => {
  const policy = await load({ 'plan.json': plan(AWS) });
  assert.deepEqual([policy.resolve(inbound(5432)).seconds, policy.resolve(inbound(443)).seconds], [900, 350]);
  const alb = plan([resource('aws_lb', 'web', { idle_timeout: 120 })]);
  assert.deepEqual(
    [(await load({ 'p.json': alb })).model, (await load({ 'p.json': alb })).resolve(inbound()).seconds],
    ['aws-alb', 120],
  );
  const elb = plan([resource('aws_elb', 'old', { idle_timeout: 400 })]);
  assert.equal((await load({ 'p.json': elb })).resolve(inbound()).seconds, 400);
});

test('data sources are not managed, and are left alone', async () => {
  const data = { ...resource('aws_elb', 'old', { idle_timeout: 400 }), mode: 'data' };
  await assert.rejects(load({ 'p.json': plan([data]) }), /among its 0 resources, found none/);
});

const one = (type: string, values: Json) => ({ 'p.json': plan([resource(type, 'x', values)]) });
const V = 'planned_values.root_module.resources[0].values';

refuses('terraform', [
  [
    one('aws_elb', { idle_timeout: '60' }),
    `p.json:13: ${V}.idle_timeout: expected a number above 0, got "60"`,
  ],
  [one('aws_elb', { idle_timeout: -1 }), `p.json:13: ${V}.idle_timeout: expected a number above 0, got -1`],
  [
    one('aws_lb', { load_balancer_type: 'netwrk' }),
    `p.json:13: ${V}.load_balancer_type: expected network, application or gateway (did you mean 'network'?), got "netwrk"`,
  ],
  [
    one('aws_lb', { load_balancer_type: 7 }),
    `p.json:13: ${V}.load_balancer_type: expected network, application or gateway, got 7`,
  ],
  [
    one('aws_lb', { idle_timeout: {} }),
    `p.json:13: ${V}.idle_timeout: expected a number above 0, got an object`,
  ],
  [
    one('aws_lb', { client_keep_alive: 0 }),
    `p.json:13: ${V}.client_keep_alive: expected a number above 0, got 0`,
  ],
  [
    { 'p.json': plan([AWS[0], resource('aws_lb_listener', 'x', { port: 99_999 })]) },
    'p.json:23: planned_values.root_module.resources[1].values.port: expected a port from 1 to 65535, got 99999',
  ],
  [
    {
      'p.json': plan([AWS[0], resource('aws_lb_listener', 'x', { port: 1, tcp_idle_timeout_seconds: 'a' })]),
    },
    'p.json:24: planned_values.root_module.resources[1].values.tcp_idle_timeout_seconds: expected a number above 0, got "a"',
  ],
  [
    one('aws_instance', {}),
    'p.json: expected azurerm_lb, azurerm_nat_gateway, aws_lb, aws_elb or aws_nat_gateway among its 1 resources, found none',
  ],
  [
    { 'p.json': plan(AZURE.slice(2)) },
    'p.json holds only a public IP; the load balancer is missing: add the output of "az network lb show"',
  ],
  [
    {
      'p.json': plan([
        ...AZURE.slice(0, 1),
        resource('azurerm_lb_rule', 'x', { name: 'x', protocol: 'Tcp', frontend_port: 'https' }),
      ]),
    },
    'p.json: [0].loadBalancingRules[0].frontendPort: expected a number, got "https"',
  ],
]);
