import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stringify } from 'yaml';
import type { FlowQuery } from '#src/lb/model.js';
import { refuses } from './fixtures/broken.js';
import { inbound, load } from './fixtures/load.js';

type Json = Readonly<Record<string, unknown>>;

const leg = (name: 'client' | 'server'): FlowQuery => ({ ...inbound(), leg: name });
const object = (annotations: Json, kind = 'Service') => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'web', annotations },
  spec: { ports: [{ port: 443 }] },
});
const AZURE = 'service.beta.kubernetes.io/azure-load-balancer-';
const AWS = 'service.beta.kubernetes.io/aws-load-balancer-';
const k8s = async (annotations: Json, kind?: string) =>
  load({ 's.yaml': stringify(object(annotations, kind)) });

test('each provider has its annotations', async () => {
  const azure = await k8s({ [`${AZURE}tcp-idle-timeout`]: '30' });
  assert.deepEqual(
    [azure.model, azure.resolve(inbound()).seconds, azure.resolve(inbound()).action],
    ['azure-standard', 1800, 'rst-both-at-timer'],
  );
  const silent = await k8s({ [`${AZURE}tcp-idle-timeout`]: '5', [`${AZURE}disable-tcp-reset`]: 'true' });
  assert.equal(silent.resolve(inbound()).action, 'silent-drop');
  assert.equal((await k8s({ [`${AWS}connection-idle-timeout`]: '600' })).resolve(inbound()).seconds, 600);
  assert.equal((await k8s({ [`${AWS}type`]: 'external' })).model, 'aws-nlb');
  const listener = await k8s({ [`${AWS}listener-attributes.TCP-443`]: 'tcp.idle_timeout.seconds=400' });
  assert.deepEqual([listener.model, listener.resolve(inbound()).seconds], ['aws-nlb', 400]);
  const alb = {
    'alb.ingress.kubernetes.io/load-balancer-attributes':
      'idle_timeout.timeout_seconds=600,routing.http2.enabled=true',
  };
  assert.deepEqual(
    [(await k8s(alb, 'Ingress')).model, (await k8s(alb, 'Ingress')).resolve(inbound()).seconds],
    ['aws-alb', 600],
  );
  assert.equal(
    (await k8s({ 'haproxy.org/timeout-tunnel': '2h' }, 'Ingress')).resolve(inbound()).seconds,
    7200,
  );
});

test('several objects of one file, and those of the node', async () => {
  const files = {
    'all.yaml': [
      stringify(object({ [`${AZURE}tcp-idle-timeout`]: '4' })),
      stringify({
        apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
        kind: 'KubeProxyConfiguration',
        conntrack: { tcpEstablishedTimeout: '2m0s' },
      }),
      stringify({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'cilium-config' },
        data: { 'bpf-ct-timeout-service-tcp': '2h13m20s' },
      }),
    ].join('---\n'),
  };
  const policy = await load(files);
  assert.equal(policy.model, 'azure-standard + kube-proxy + cilium');
  assert.equal(policy.resolve(inbound()).seconds, 120);
});

test('the ConfigMap of the nginx ingress controller', async () => {
  const map = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'nginx' },
    data: { 'keep-alive': '90', 'upstream-keepalive-timeout': '45' },
  };
  const policy = await load({ 'm.json': map });
  assert.deepEqual([policy.resolve(leg('client')).seconds, policy.resolve(leg('server')).seconds], [90, 45]);
});

const annotated = (name: string, value: unknown) => ({ 's.json': object({ [name]: value }) });
const A = 'metadata.annotations';

refuses('kubernetes', [
  [
    annotated(`${AZURE}tcp-idle-timeout`, 30),
    `s.json:7: ${A}.${AZURE}tcp-idle-timeout: expected a text in quotes, got 30`,
  ],
  [
    annotated(`${AZURE}tcp-idle-timeout`, '30m'),
    `s.json:7: ${A}.${AZURE}tcp-idle-timeout: expected a whole number of minutes in quotes, got "30m"`,
  ],
  [
    annotated(`${AZURE}tcp-idle-timeout`, '0'),
    `s.json:7: ${A}.${AZURE}tcp-idle-timeout: expected a whole number of minutes in quotes, got "0"`,
  ],
  [
    annotated(`${AZURE}disable-tcp-reset`, 'yes'),
    `s.json:7: ${A}.${AZURE}disable-tcp-reset: expected "true" or "false", got "yes"`,
  ],
  [
    annotated(`${AZURE}tcp-idle-timout`, '30'),
    `s.json:7: ${A}.${AZURE}tcp-idle-timout: unknown annotation (did you mean '${AZURE}tcp-idle-timeout'?)`,
  ],
  [
    annotated(`${AWS}connection-idle-timeout`, '1h'),
    `s.json:7: ${A}.${AWS}connection-idle-timeout: expected a whole number of seconds in quotes, got "1h"`,
  ],
  [
    annotated(`${AWS}listener-attributes.TCP-443`, 'tcp.idle_timeout.seconds'),
    `s.json:7: ${A}.${AWS}listener-attributes.TCP-443: expected key=value pairs with commas between them, got "tcp.idle_timeout.seconds"`,
  ],
  [
    annotated(`${AWS}listener-attributes.TCP-443`, 'tcp.idle_timeout.seconds=abc'),
    `s.json:7: ${A}.${AWS}listener-attributes.TCP-443: expected tcp.idle_timeout.seconds= a whole number of seconds, got "tcp.idle_timeout.seconds=abc"`,
  ],
  [
    annotated('haproxy.org/timeout-client', 'soon'),
    `s.json:7: ${A}.haproxy.org/timeout-client: expected a duration such as 30s, got "soon"`,
  ],
  [
    annotated('example.com/team', 'shop'),
    "s.json: Service web: no annotation or setting here is about an idle timer; give the provider's own configuration",
  ],
  [
    {
      'k.json': {
        apiVersion: 'x',
        kind: 'KubeProxyConfiguration',
        conntrack: { tcpEstablishedTimeout: 86400 },
      },
    },
    'k.json:5: conntrack.tcpEstablishedTimeout: expected a duration such as 24h0m0s, got 86400',
  ],
  [
    { 'm.json': { apiVersion: 'v1', kind: 'ConfigMap', data: { 'keep-alive': '75s' } } },
    'm.json:5: data.keep-alive: expected a whole number of seconds in quotes, got "75s"',
  ],
]);

test('a configuration that quotes another one is what it is', async () => {
  const map = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'proxy' },
    data: {
      'haproxy.cfg': 'listen x\n  bind :1\n  timeout client 1m\n',
      'nginx.conf': 'http {\n server { listen 80; }\n}\n',
    },
  };
  await assert.rejects(
    load({ 'm.yaml': stringify(map) }),
    /^InputError: m\.yaml: ConfigMap proxy: no annotation or setting/,
  );
});

test('a flow is of one of several services, the one with its port', async () => {
  const [web, db] = [
    { ...object({ [`${AZURE}tcp-idle-timeout`]: '30' }), spec: { ports: [{ port: 443 }] } },
    {
      ...object({ [`${AZURE}tcp-idle-timeout`]: '10' }),
      metadata: { name: 'db', annotations: { [`${AZURE}tcp-idle-timeout`]: '10' } },
      spec: { ports: [{ port: 5432 }] },
    },
  ];
  const policy = await load({ 'all.yaml': [stringify(web), stringify(db)].join('---\n') });
  assert.deepEqual(
    [policy.resolve(inbound(443)).seconds, policy.resolve(inbound(5432)).seconds],
    [1800, 600],
  );
  assert.equal(policy.resolve({ ...inbound(), frontend: null }).seconds, null);
});
