import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ExpiryAction, FlowQuery } from '#src/lb/model.js';
import { PRODUCTS, productOf } from '#src/lb/registry.js';
import { summaryOf } from '#src/lb/summary.js';
import { internalLb } from './fixtures/azure.js';
import { inbound, load, OUTBOUND, preset } from './fixtures/load.js';

const MINUTE = 60;
const HOUR = 3600;

interface Row {
  readonly input: string;
  readonly flow?: FlowQuery;
  /** Null where it depends on what no configuration was given for. */
  readonly seconds: number | null;
  readonly action: ExpiryAction;
  readonly sequence: string;
  /** Who may reset after the product forgot the flow. */
  readonly mayReset?: string;
  /** What the default may be, where it depends. */
  readonly oneOf?: readonly number[];
}

const PRIVATE: FlowQuery = {
  direction: 'inbound',
  frontend: { ip: '10.1.0.4', port: 443 },
  backend: { ip: '10.1.0.4', port: 443 },
  lbPeer: { ip: '10.2.0.9', port: 50_000 },
};
const PUBLIC: FlowQuery = { ...PRIVATE, lbPeer: { ip: '203.0.113.9', port: 50_000 } };
const CLIENT_LEG: FlowQuery = { ...inbound(), leg: 'client' };
const SERVER_LEG: FlowQuery = { ...inbound(), leg: 'server' };

/** What the vendors' pages say of an idle established flow, product by product, as they ship. */
const ROWS: readonly Row[] = [
  { input: 'azure-standard', seconds: 4 * MINUTE, action: 'silent-drop', sequence: 'yes' },
  { input: 'azure-standard:reset=on', seconds: 4 * MINUTE, action: 'rst-both-at-timer', sequence: 'yes' },
  { input: 'azure-standard:appliance=on', seconds: 4 * MINUTE, action: 'silent-drop', sequence: 'yes' },
  { input: 'azure-basic', seconds: 4 * MINUTE, action: 'silent-drop', sequence: 'yes' },
  { input: 'azure-nat-gateway', seconds: 4 * MINUTE, action: 'rst-sender-on-next', sequence: 'yes' },
  { input: 'azure-instance-ip', flow: OUTBOUND, seconds: 4 * MINUTE, action: 'silent-drop', sequence: 'yes' },
  { input: 'azure-aks', seconds: 30 * MINUTE, action: 'rst-both-at-timer', sequence: 'yes' },
  {
    input: 'azure-application-gateway',
    seconds: null,
    oneOf: [75, 120, 240, 300],
    action: 'close',
    sequence: 'no',
  },
  {
    input: 'azure-firewall',
    flow: PUBLIC,
    seconds: 4 * MINUTE,
    action: 'rst-both-at-timer',
    sequence: 'yes',
  },
  { input: 'azure-firewall', flow: PRIVATE, seconds: 5 * MINUTE, action: 'silent-drop', sequence: 'yes' },
  { input: 'aws-nlb', seconds: 350, action: 'rst-sender-on-next', sequence: 'yes' },
  { input: 'aws-nlb-tls', seconds: 350, action: 'rst-sender-on-next', sequence: 'no' },
  { input: 'aws-alb', seconds: 60, action: 'close', sequence: 'no' },
  { input: 'aws-clb', seconds: 60, action: 'close', sequence: 'no' },
  { input: 'aws-gwlb', seconds: 350, action: 'lose-affinity', sequence: 'yes', mayReset: 'appliance' },
  { input: 'aws-nat-gateway', seconds: 350, action: 'rst-opener-on-next', sequence: 'yes' },
  {
    input: 'aws-security-group',
    seconds: null,
    oneOf: [432_000, 350],
    action: 'silent-drop',
    sequence: 'yes',
  },
  {
    input: 'aws-network-firewall',
    seconds: 350,
    action: 'silent-drop',
    sequence: 'yes',
    mayReset: 'sender, if the policy is REJECT',
  },
  {
    input: 'gcp-external-passthrough',
    seconds: 60,
    action: 'lose-affinity',
    sequence: 'yes',
    mayReset: 'backend',
  },
  {
    input: 'gcp-internal-passthrough',
    seconds: 600,
    action: 'lose-affinity',
    sequence: 'yes',
    mayReset: 'backend',
  },
  { input: 'gcp-proxy', seconds: 30, action: 'close', sequence: 'no' },
  { input: 'gcp-application', flow: CLIENT_LEG, seconds: 610, action: 'fin-both', sequence: 'no' },
  { input: 'gcp-application-regional', flow: CLIENT_LEG, seconds: 600, action: 'fin-both', sequence: 'no' },
  { input: 'gcp-application', flow: SERVER_LEG, seconds: 600, action: 'fin-both', sequence: 'no' },
  { input: 'gcp-vpc-firewall', seconds: 600, action: 'silent-drop', sequence: 'yes' },
  { input: 'gcp-cloud-nat', seconds: 1200, action: 'silent-drop', sequence: 'yes' },
  { input: 'haproxy', seconds: Number.POSITIVE_INFINITY, action: 'fin-client-rst-server', sequence: 'no' },
  { input: 'nginx-http', flow: CLIENT_LEG, seconds: 75, action: 'fin-both', sequence: 'no' },
  { input: 'nginx-stream', seconds: 10 * MINUTE, action: 'fin-both', sequence: 'no' },
  { input: 'envoy-tcp', seconds: HOUR, action: 'fin-both', sequence: 'no' },
  { input: 'envoy-http', seconds: HOUR, action: 'fin-both', sequence: 'no' },
  { input: 'traefik-http', flow: CLIENT_LEG, seconds: 180, action: 'fin-both', sequence: 'no' },
  { input: 'traefik-tcp', seconds: Number.POSITIVE_INFINITY, action: 'unknown', sequence: 'no' },
  { input: 'ipvs', seconds: 900, action: 'rst-opener-on-next', sequence: 'yes' },
  { input: 'nf-conntrack', seconds: 432_000, action: 'lose-affinity', sequence: 'yes', mayReset: 'host' },
  { input: 'kube-proxy', seconds: 86_400, action: 'lose-affinity', sequence: 'yes', mayReset: 'host' },
  {
    input: 'cilium',
    seconds: null,
    oneOf: [8000, 6 * HOUR],
    action: 'lose-affinity',
    sequence: 'yes',
    mayReset: 'backend',
  },
  {
    input: 'katran',
    seconds: Number.POSITIVE_INFINITY,
    action: 'lose-affinity',
    sequence: 'yes',
    mayReset: 'backend',
  },
  {
    input: 'glb-director',
    seconds: Number.POSITIVE_INFINITY,
    action: 'lose-affinity',
    sequence: 'yes',
    mayReset: 'backend',
  },
  { input: 'maglev', seconds: 60, action: 'lose-affinity', sequence: 'yes', mayReset: 'backend' },
  { input: 'f5-standard', seconds: 300, action: 'rst-both-at-timer', sequence: 'no' },
  { input: 'f5-fastl4', seconds: 300, action: 'rst-both-at-timer', sequence: 'yes' },
  { input: 'netscaler', seconds: null, oneOf: [180, 360, 9000], action: 'rst-both-legs', sequence: 'no' },
  { input: 'avi-fast-path', seconds: 300, action: 'unknown', sequence: 'yes' },
  { input: 'avi-proxy', seconds: null, oneOf: [], action: 'close', sequence: 'no' },
  { input: 'oci-lb', seconds: null, oneOf: [60, 300], action: 'close', sequence: 'no' },
  { input: 'huawei-elb', seconds: null, oneOf: [60, 300], action: 'close', sequence: 'no' },
];

for (const { input, flow, seconds, action, sequence, mayReset, oneOf } of ROWS) {
  const where = flow === undefined ? '' : ` (${flow.leg ?? flow.lbPeer?.ip ?? flow.direction})`;
  test(`${input}${where}: ${seconds ?? 'it depends'}, ${action}`, async () => {
    const effective = (await preset(input)).resolve(flow ?? inbound());
    assert.deepEqual([effective.seconds, effective.action], [seconds, action]);
    const model = productOf(input.split(':')[0])?.model;
    assert.equal(model?.preserves.sequence, sequence);
    assert.equal(model?.mayReset, mayReset);
    if (oneOf === undefined) return;
    assert.ok(effective.doubts.length > 0, 'what is open is said');
    const known = model?.timers
      .filter(({ scope }) => scope.includes('leg') || scope === 'flow')
      .flatMap((timer) => [timer.default, ...(timer.otherDefaults ?? []).map((other) => other.seconds)])
      .filter((value) => typeof value === 'number');
    assert.deepEqual(new Set(known), new Set(oneOf));
  });
}

test('an internal Azure load balancer with HA ports and an appliance in its path resets nobody', async () => {
  const ha = internalLb({ protocol: 'All', frontendPort: 0 });
  const flow = inbound(80, '10.0.0.4');
  assert.equal((await load({ 'lb.json': ha })).resolve(flow).action, 'unknown');
});

test('every product has a row', () => {
  const ids = new Set(ROWS.map(({ input }) => input.split(':')[0]));
  assert.deepEqual(
    PRODUCTS.map(({ model }) => model.id).filter((id) => !ids.has(id)),
    [],
  );
});

test('every fact carries a public source', () => {
  for (const { model } of PRODUCTS) {
    const statements = [...model.timers, ...model.precedence, ...model.exceptions, ...(model.switches ?? [])];
    for (const { source } of statements) {
      assert.match(source.url, /^https:\/\/[\w.-]+\/\S+$/, model.id);
      assert.ok(source.title.length > 5, model.id);
    }
  }
});

test('every product can be summed up', () => {
  const nlb = summaryOf(PRODUCTS.find(({ model }) => model.id === 'aws-nlb')?.model ?? PRODUCTS[0].model);
  assert.deepEqual(nlb, {
    id: 'aws-nlb',
    name: 'AWS Network Load Balancer, TCP listener',
    idle: '350 s',
    atExpiry: 'silent, then RST on the next packet',
    whoSeesReset: 'sender of that packet',
    sequenceKept: 'yes',
  });
  for (const { model } of PRODUCTS) assert.ok(summaryOf(model).idle.length > 0, model.id);
});
